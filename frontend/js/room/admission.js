// The door between waiting room and call: who waits, who is let in, who said to be late, and who was muted or put out.
import { startOf } from './timing.js'

const LATE_MS = 400 // by its own clock the server lets everyone in then
const AGAIN_MS = 2000 // and where its clock is not what we took it for, a little later

/**
 * `hear(type, handler)` listens to the server in this room; `rejoin()` comes in anew on the same line; `happened` hears the
 * reducer's events; `muted()` is told when the mentor mutes us, `removed()` when they put us out, `readmitted()` when they let
 * us come back: we are outside by then, so that it is said to the person.
 */
export function createAdmission({ id, live, hear, door, rejoin, happened, timers = globalThis, ...told }) {
  let timer = null

  const offs = [
    hear('admitted', () => rejoin()),
    hear('knocking', () => happened({ type: 'knocking', yes: true })),
    hear('knock-ended', () => happened({ type: 'knocking', yes: false })),
    hear('late', ({ role, minutes }) => happened({ type: 'late', role, minutes })),
    hear('muted', told.muted),
    hear('removed', told.removed),
    live.on('readmitted', ({ data }) => data.session_id === id && told.readmitted()),
  ]

  function stop() {
    timers.clearTimeout(timer)
    timer = null
  }

  function knock() {
    timer = null
    rejoin()
  }

  return {
    /** Whoever waits is let in at the start, whether or not anybody says so. */
    changed(was, state) {
      if (state.phase !== 'lobby') return stop()
      const least = was.phase === 'lobby' ? AGAIN_MS : 0
      timer ??= timers.setTimeout(knock, Math.max(least, startOf(state.entry) - door.now()) + LATE_MS)
    },
    close() {
      stop()
      for (const off of offs.splice(0)) off()
    },
  }
}
