// What the last minutes of a call were like, second by second, and what happened in them.
import { figures } from './judging.js'

const KEPT_S = 300
const KEPT_EVENTS = 300
const WINDOW = 6 // samples that a figure is made of

/** `now()` is a moment in milliseconds. */
export function createHistory({ now = Date.now } = {}) {
  let samples = []
  let seconds = []
  let events = []

  const stamp = () => new Date(now()).toISOString()

  return {
    /** The figures of the last few seconds, or null before there are any. */
    add({ level, reason, sample, step }) {
      if (sample.bytes < (samples.at(-1)?.bytes ?? 0)) samples = [] // a new connection counts anew
      samples = [...samples.slice(1 - WINDOW), sample]
      if (samples.length < 2) return null
      const found = figures(samples)
      seconds = [...seconds.slice(1 - KEPT_S), { at: stamp(), level, reason, step, ...found }]
      return found
    },
    /** `what` is a word of ours, never anything a person wrote. */
    note(what, detail = {}) {
      events = [...events.slice(1 - KEPT_EVENTS), { at: stamp(), what, ...detail }]
    },
    get seconds() {
      return seconds
    },
    get events() {
      return events
    },
  }
}
