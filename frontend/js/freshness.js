// How fresh what a page shows is. While the line is open the page follows it; once it is lost, all is as of the moment when
// the line was last heard, until everything was asked for anew.

/** `told(freshness)` hears each change of its word: off | live | stale | catching-up. */
export function createFreshness({ told, clock = Date }) {
  let word = 'off'
  let asOf = null // ms; what the page shows is no older than this
  let turn = 0

  function become(next) {
    if (word === next) return
    word = next
    told({ word, asOf })
  }

  return {
    get word() {
      return word
    },
    get asOf() {
      return asOf
    },
    /** A line is wanted: what the page has now was fetched by itself. */
    begun() {
      asOf ??= clock.now()
    },
    heard() {
      if (word === 'live') asOf = clock.now()
    },
    lost() {
      turn++
      if (asOf !== null) become('stale')
    },
    /** The line is back; `work` are the promises of whoever asks for what they missed. */
    async welcomed(work) {
      const mine = ++turn
      const began = clock.now()
      if (word === 'stale') become('catching-up')
      await Promise.allSettled(work)
      if (mine !== turn) return
      asOf = began
      become('live')
    },
    ended() {
      turn++
      asOf = null
      become('off')
    },
  }
}
