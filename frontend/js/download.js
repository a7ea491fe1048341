// A file made in the page, put among one's downloads.
const AWHILE = 60_000

export function download(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), AWHILE)
}

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0))

// A file as the API gives it: {file, type, base64}.
export const downloadPaper = ({ file, type, base64 }) => download(file, bytesOf(base64), type)
