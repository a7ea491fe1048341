// Messages of any length in frames that every data channel carries, and back: one byte of kind and more-follows, then content.

export const FRAME = 16 * 1024
const MORE = 0x80
const EMPTY = new Uint8Array(0)

/** A frame or message that no page of ours would send. */
export class Malformed extends Error {}

/** The frames of one message; `kind` is below 128. */
export function split(kind, bytes = EMPTY) {
  const room = FRAME - 1
  const frames = []
  for (let from = 0; from === 0 || from < bytes.length; from += room) {
    const part = bytes.subarray(from, from + room)
    const frame = new Uint8Array(part.length + 1)
    frame[0] = kind | (from + room < bytes.length ? MORE : 0)
    frame.set(part, 1)
    frames.push(frame)
  }
  return frames
}

/** Puts frames together, which come in order; `most(kind)` is how long a message of a kind may be. */
export function createAssembly(most) {
  const begun = new Map() // kind -> {parts, length}

  return {
    /** {kind, bytes} once a message is whole, else null. */
    take(frame) {
      if (!(frame instanceof Uint8Array) || !frame.length || frame.length > FRAME) throw new Malformed('frame')
      const kind = frame[0] & ~MORE
      const { parts, length } = begun.get(kind) ?? { parts: [], length: 0 }
      const whole = length + frame.length - 1
      begun.delete(kind)
      if (whole > most(kind)) throw new Malformed('too long')
      parts.push(frame.subarray(1))
      if (frame[0] & MORE) {
        if (frame.length < FRAME) throw new Malformed('more could be in it') // else each byte would cost us a hundred
        begun.set(kind, { parts, length: whole })
        return null
      }
      return { kind, bytes: joined(parts, whole) }
    },
  }
}

function joined(parts, length) {
  if (parts.length === 1) return parts[0]
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
