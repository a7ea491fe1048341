// Ids that sort by time, made here so that what is sent twice is known to be the same.

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `now` in milliseconds; the rest is chance. */
export function ulid(now, random = (bytes) => crypto.getRandomValues(bytes)) {
  let time = ''
  for (let left = now, at = 0; at < 10; at++, left = Math.floor(left / 32)) time = LETTERS[left % 32] + time
  return time + Array.from(random(new Uint8Array(16)), (byte) => LETTERS[byte % 32]).join('')
}
