// The languages that the code pad knows: their names, and what their files are called.

export const LANGUAGES = [
  { id: 'text', name: 'Plain text', ending: 'txt' },
  { id: 'cpp', name: 'C++', ending: 'cpp' },
  { id: 'css', name: 'CSS', ending: 'css' },
  { id: 'html', name: 'HTML', ending: 'html' },
  { id: 'java', name: 'Java', ending: 'java' },
  { id: 'javascript', name: 'JavaScript', ending: 'js' },
  { id: 'markdown', name: 'Markdown', ending: 'md' },
  { id: 'python', name: 'Python', ending: 'py' },
  { id: 'sql', name: 'SQL', ending: 'sql' },
  { id: 'typescript', name: 'TypeScript', ending: 'ts' },
]

/** The language of that id; plain text for any other word. */
export const languageOf = (id) => LANGUAGES.find((each) => each.id === id) ?? LANGUAGES[0]

const BETWEEN = /[^\p{L}\p{M}\p{N}]+/gu

/** A name for a file that every system takes. */
export function fileName(title, what, ending) {
  const words = title
    .toLowerCase()
    .replace(BETWEEN, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return `${words || 'session'}-${what}.${ending}`
}
