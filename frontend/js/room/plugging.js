// Devices followed as they are plugged in and out.

/** `wanted`, `track`, `word`, `chosen` and `preferred` are by kind; `fail(kind, word)` says that there is none of a kind. */
export function createPlugging({ wanted, track, word, chosen, preferred, listing, drop, fail, openOne, relist }) {
  return {
    /** One has gone: any other takes its place. */
    async out(kind) {
      drop(kind)
      chosen[kind] = ''
      fail(kind, 'opening')
      await openOne(kind)
      await relist()
    },
    /** What was missed is taken as soon as it is there, and so is the preferred one that comes back. */
    async changed() {
      const lists = await relist()
      for (const kind of Object.keys(track)) {
        const missed = word[kind] === 'none' || word[kind] === 'busy'
        const back = track[kind] && chosen[kind] !== preferred[kind] && listing.has(kind, preferred[kind])
        if ((missed && wanted[kind] && lists[kind].length) || back) await openOne(kind)
      }
    },
  }
}
