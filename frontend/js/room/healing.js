// When the path is gone: try again every few seconds until it is back, one side leading.

export const RESTARTS = 4 // before a new connection
const AGAIN_MS = 4000
const POLITE_MS = 1500 // the other side leads; we are its back-up
const SELF_HEAL_MS = 2000 // a connection that says `disconnected` often comes back by itself
const QUIET_SAMPLES = 2
const IN_FLIGHT_MS = 200
const LISTEN_MS = 500

/** `healthy()` says whether to stop, `act()` is one try. */
export function createHealing({ polite, healthy, act, timers = globalThis }) {
  let timer = null

  function tick() {
    if (healthy()) return stop()
    timer = timers.setTimeout(tick, AGAIN_MS)
    act() // it may stop us
  }

  function stop() {
    timers.clearTimeout(timer)
    timer = null
  }

  return {
    stop,
    /** Begin soon, unless already at it. */
    start(delay = 0) {
      timer ??= timers.setTimeout(tick, delay + (polite ? POLITE_MS : 0))
    },
    /** Something changed for the better (a socket, a network): try now rather than at the next beat. */
    hurry() {
      if (healthy()) return
      stop()
      timer = timers.setTimeout(tick, polite ? POLITE_MS : 0)
    },
    byState(word) {
      if (word === 'connected') stop()
      else if (word === 'disconnected') this.start(SELF_HEAL_MS)
      else if (word === 'failed') this.start()
    },
  }
}

/**
 * Tells silence from what is counted as received; a browser needs five seconds for what shows in two. Where nothing was sent to
 * us, for the other only listens, nothing is missed.
 */
export function createSilence({ fell, broke }) {
  let last = null
  let still = 0
  let flowing = false // sound or pictures, when something last came
  return {
    get silent() {
      return still >= QUIET_SAMPLES
    },
    /** `bytes` of any kind, `packets` of sound and pictures. */
    hear({ bytes, packets }) {
      const was = still
      const came = last === null || bytes > last.bytes
      if (came && last !== null) flowing = packets > last.packets
      still = came || !flowing ? 0 : still + 1
      last = { bytes, packets }
      if (still === QUIET_SAMPLES) fell()
      if (was >= QUIET_SAMPLES && still === 0) broke()
    },
    /** They have switched off all that they send: that nothing comes from now on is no fault. */
    excuse: () => (flowing &&= still >= QUIET_SAMPLES),
    reset() {
      last = null
      still = 0
      flowing = false
    },
  }
}

/** Whether media still arrives, half a second being long for its packets; `bytes()` counts what came so far. */
export async function stillComing(bytes, timers) {
  const pause = (ms) => new Promise((done) => timers.setTimeout(done, ms))
  await pause(IN_FLIGHT_MS)
  const before = await bytes()
  await pause(LISTEN_MS)
  return (await bytes()) > before
}
