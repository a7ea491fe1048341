// Signals of the other page, taken one after the other: the next only once the one before is dealt with.

/** `peer()` is who takes them now, or nobody; `fault` hears what one could not be taken for. */
export function createInbox({ peer, fault }) {
  let waiting = []
  let busy = false

  async function pump() {
    if (busy) return
    busy = true
    while (peer() && waiting.length) await peer().take(waiting.shift()).catch(fault)
    busy = false
  }

  return {
    put(signal) {
      waiting.push(signal)
      pump()
    },
    /** Before all that waits; it is taken in its turn. */
    first: (signal) => waiting.unshift(signal),
    empty: () => (waiting = []),
  }
}
