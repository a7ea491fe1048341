// How fresh what a page shows is. While the line is open the page follows it; once it is lost, all is as of the moment when
// the line was last heard, until everything was asked for anew.

/** `told(freshness)` hears each change of its word: off | live | stale | catching-up. */
export function createFreshness({ told, clock = Date }) {
  let word = 'off'
  let asOf = null // ms; what the page shows is no older than this
  let turn = 0
  let missing = false // something could not be fetched since all was last asked for

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
    /** The line is back; `ask()` gives the promises of whoever asks for what they missed. False if they have not got it. */
    async welcomed(ask) {
      const mine = ++turn
      const began = clock.now()
      missing = false
      if (word === 'stale') become('catching-up')
      await Promise.allSettled(ask())
      if (mine !== turn) return false
      if (!missing) asOf = began
      become(missing ? 'catching-up' : 'live')
      return !missing
    },
    /** Something could not be fetched: what is shown may be older than what the line has told. */
    missed() {
      missing = true
      if (word === 'live') become('catching-up')
    },
    ended() {
      turn++
      asOf = null
      become('off')
    },
  }
}
