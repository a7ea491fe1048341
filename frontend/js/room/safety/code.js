// A number that both people see alike exactly if their browsers speak with each other and with nobody in between. Pure.

const ABOUT = 'peerlearn safety code 1'
const GROUPS = 6
const BYTES = 5 // of the hash for each group
const SPAN = 100_000

/** Browsers differ in the case of letters, and nothing else, when they write a certificate's fingerprint. */
function plain(fingerprint) {
  const [kind, digits] = fingerprint.trim().split(/\s+/)
  return `${kind.toLowerCase()} ${digits.toUpperCase()}`
}

/** Six groups of five digits from {own, theirs}; which of them is whose makes no difference. */
export async function codeOf({ own, theirs }, subtle = globalThis.crypto.subtle) {
  const words = [ABOUT, ...[plain(own), plain(theirs)].sort()].join('\n')
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(words)))
  return Array.from({ length: GROUPS }, (_, group) => {
    const bytes = hash.subarray(group * BYTES, (group + 1) * BYTES)
    const number = bytes.reduce((sum, byte) => (sum * 256 + byte) % SPAN, 0)
    return String(number).padStart(5, '0')
  })
}
