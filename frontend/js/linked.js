// A text with its addresses found: parts to be shown one after the other, as text only. Pure.

const ADDRESS = /https?:\/\/[^\s<>"'\u201c\u201d]+/giu
const CLOSERS = { ')': '(', ']': '[', '}': '{' }

/** What ends a sentence is no part of the address before it; a bracket is, if it was opened in there. */
function trimmed(address) {
  let end = address.length
  for (;;) {
    const last = address[end - 1]
    const open = CLOSERS[last]
    const within = address.slice(0, end)
    const unopened = open && within.split(last).length > within.split(open).length
    if (!unopened && !/[.,;:!?\u2026*_~]/u.test(last)) return address.slice(0, end)
    end--
  }
}

function href(address) {
  try {
    const { protocol, host, username, password, href: whole } = new URL(address)
    const plain = !username && !password // https://your.bank@elsewhere.example leads elsewhere
    return host && plain && (protocol === 'https:' || protocol === 'http:') ? whole : ''
  } catch {
    return ''
  }
}

/** [{text, href}], href empty where the part is no address. */
export function linked(text) {
  const parts = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(found)
    const to = href(address)
    if (!to) continue
    if (index > done) parts.push({ text: text.slice(done, index), href: '' })
    parts.push({ text: address, href: to })
    done = index + address.length
  }
  if (done < text.length || !parts.length) parts.push({ text: text.slice(done), href: '' })
  return parts
}
