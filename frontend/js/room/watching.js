// Watches the connection in hand once a second: how good it is, whether anything still comes, and when more can be asked of it.
import { createSilence } from './healing.js'
import { createQuality } from './quality/listening.js'
import { GOOD } from './quality/reading.js'

const STEADY = 5 // seconds of good connection

/**
 * `stats()` resolves to a report or null, `connected()` says whether the connection says so itself. `news` hears fell and broke
 * (silence began, silence ended), steady, and quality(level, sample, reason).
 */
export function createWatching({ stats, connected, news, timers = globalThis }) {
  const silence = createSilence(news)
  const quality = createQuality({ stats, hear, timers })
  let steady = 0
  let relayed = false

  function hear({ level, reason, sample }) {
    if (connected()) silence.hear({ bytes: sample.bytes, packets: sample.in.packets })
    if (level === 'lost' && connected() && !silence.silent) [level, reason] = ['good', ''] // nothing was to come
    relayed = sample.relayed
    steady = GOOD.has(level) ? steady + 1 : 0
    if (steady === STEADY) news.steady()
    news.quality(level, sample, reason)
  }

  return {
    start: quality.start,
    stop: quality.stop,
    get silent() {
      return silence.silent
    },
    get relayed() {
      return relayed
    },
    /** The connection has only now come about. */
    begin: silence.reset,
    /** There is none any more. */
    forget() {
      silence.reset()
      quality.reset()
    },
    /** What they send has changed: what the next seconds lack is not the line's doing. */
    excuse({ mic, camera, screen }) {
      quality.excuse()
      if (!mic && !camera && !screen) silence.excuse()
    },
  }
}
