// Says once a minute that we are in the room: the server counts attendance by it.

const EVERY_MS = 60_000

/** `live` is the tab's socket; `pass(renew)` gives the pass at hand, or a new one for one that has lapsed. */
export function createHeartbeat({ live, topic, pass, timers = globalThis }) {
  let timer = null
  let count = 0
  let last = ''
  let renewing = false
  let missed = false

  async function beat(renew = false) {
    const shown = await pass(renew)
    renewing = renew
    if (!timer || !shown) return
    last = `here-${++count}`
    missed = live.send({ type: 'here', topic, id: last, data: { pass: shown } }) === false
  }

  function go() {
    timers.clearTimeout(timer)
    timer = timers.setTimeout(go, EVERY_MS)
    beat()
  }

  const off = live.on('error', ({ id, data }) => {
    if (timer && id && id === last && data.code === 'pass_expired' && !renewing) beat(true)
  })

  function stop() {
    timers.clearTimeout(timer)
    timer = null
  }

  return {
    /** We are let in, for the first time or after the line was lost. */
    start() {
      if (!timer) go()
      else if (missed) beat()
    },
    stop,
    close() {
      stop()
      off()
    },
  }
}
