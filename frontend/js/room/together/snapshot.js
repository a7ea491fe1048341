// The document as it lies on the server: a mark, the length, the update, and room to grow in which nothing is.

const MARK = [0x50, 0x4c, 0x44, 0x31] // PLD1
const HEAD = 8
const ROOM = 8 * 1024

/** How long the packed snapshot may be for an update of this length; asked for before it is known what it will be. */
export const roomFor = (length, cap) => Math.min(cap, HEAD + length + Math.max(ROOM, length >> 3))

export const fits = (length, room) => HEAD + length <= room

export function pack(update, room = HEAD + update.length) {
  const bytes = new Uint8Array(room)
  bytes.set(MARK)
  new DataView(bytes.buffer).setUint32(4, update.length)
  bytes.set(update, HEAD)
  return bytes
}

/** The update in a snapshot, or null for anything else. */
export function unpack(bytes) {
  if (bytes.length < HEAD || MARK.some((byte, at) => bytes[at] !== byte)) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)
  return HEAD + length <= bytes.length ? bytes.subarray(HEAD, HEAD + length) : null
}
