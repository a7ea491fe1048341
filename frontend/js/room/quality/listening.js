// Listens to the connection once a second, and says how good it is and why no better.
import { judge } from './judging.js'
import { read } from './reading.js'

const EVERY_MS = 1000
const WINDOW = 5 // seconds that are looked at together
const EXCUSED = 3 // a picture that was off and comes back looks to the browser as if it had been frozen

/** `stats()` resolves to a report or to null when there is no connection; `hear` gets {level, reason, sample} each second. */
export function createQuality({ stats, hear, timers = globalThis }) {
  let samples = []
  let timer = null
  let excused = 0
  let forgiven = 0 // seconds frozen that are no fault of the line
  let frozen = 0

  async function beat() {
    const report = await stats().catch(() => null)
    if (!timer) return
    timer = timers.setTimeout(beat, EVERY_MS)
    if (!report) return forget()
    const sample = forgiving(read(report))
    samples = [...samples.slice(-WINDOW), sample]
    hear({ ...judge(samples), sample })
  }

  function forgiving(sample) {
    const grown = sample.in.frozen - frozen
    frozen = sample.in.frozen
    if (excused && grown > 0) forgiven += grown
    excused = Math.max(0, excused - 1)
    sample.in.frozen -= forgiven
    return sample
  }

  function forget() {
    samples = []
    frozen = forgiven = 0
  }

  return {
    start() {
      timer ??= timers.setTimeout(beat, EVERY_MS)
    },
    /** They have switched something on or off: what follows in the next seconds is not the line's doing. */
    excuse: () => (excused = EXCUSED),
    reset: forget,
    stop() {
      timers.clearTimeout(timer)
      timer = null
      forget()
    },
  }
}
