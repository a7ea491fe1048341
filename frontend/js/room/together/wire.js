// Messages over one data channel: in frames, no faster than it takes them, and with little patience for nonsense.
import { Malformed, createAssembly, split } from './frames.js'

const AHEAD = 256 * 1024 // handed to the browser before it has sent them
const WAITING = 4 * 1024 * 1024
const FAULTS = 5

/**
 * `most(kind)` is how long a message may be. `news` hears open(), closed(), message(kind, bytes), which throws Malformed for
 * what it cannot read, overflowed() when so much waited that it was thrown away and is now through, and muted() when the
 * other end spoke nonsense for too long.
 */
export function createWire(channel, { most, news }) {
  const assembly = createAssembly(most)
  let waiting = []
  let bytesWaiting = 0
  let overflow = false
  let faults = 0

  channel.binaryType = 'arraybuffer'
  channel.bufferedAmountLowThreshold = AHEAD / 4
  const on = {
    open: () => news.open(),
    message: ({ data }) => data instanceof ArrayBuffer && take(new Uint8Array(data)),
    bufferedamountlow: pump,
    close: () => news.closed(),
  }
  for (const [type, handler] of Object.entries(on)) channel.addEventListener(type, handler)
  if (channel.readyState === 'open') queueMicrotask(() => channel.readyState === 'open' && news.open())

  function take(frame) {
    if (faults >= FAULTS) return
    try {
      const message = assembly.take(frame)
      if (message) news.message(message.kind, message.bytes)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      if (++faults === FAULTS) news.muted()
    }
  }

  function pump() {
    while (waiting.length && channel.readyState === 'open' && channel.bufferedAmount < AHEAD) {
      const frame = waiting.shift()
      bytesWaiting -= frame.length
      channel.send(frame)
    }
    if (!overflow || waiting.length) return
    overflow = false
    news.overflowed()
  }

  return {
    send(kind, bytes) {
      if (channel.readyState !== 'open') return
      const frames = split(kind, bytes)
      const length = frames.reduce((sum, frame) => sum + frame.length, 0)
      if (bytesWaiting + length > WAITING) {
        overflow = true // what is lost is asked for anew
        return
      }
      waiting.push(...frames)
      bytesWaiting += length
      pump()
    },
    close() {
      for (const [type, handler] of Object.entries(on)) channel.removeEventListener(type, handler)
      waiting = []
    },
  }
}
