// Keeps a room true to its session: presence is marked, it closes in time, lasts for longer when put off, and says in the
// end what became of it.
import { createHeartbeat } from './heartbeat.js'
import { createOutcome } from './outcome.js'
import { inRoom } from './state.js'
import { closingOf, endOf } from './timing.js'

const LATE_MS = 1500 // by its own clock the server has closed the room then

/** `rejoin(renew)` comes in anew on the same line; `happened` hears the reducer's events. */
export function createKeeping({ live, topic, door, ice, rejoin, happened, timers = globalThis }) {
  let closing = null
  const pass = async (renew) => (renew ? door.pass(true) : door.shown())
  const heartbeat = createHeartbeat({ live, topic, pass, timers })
  const outcome = createOutcome({ ask: door.session, news: happened, timers })

  /** The room closes by itself, whether or not the news of it reaches us; put off, all that lets us in is renewed. */
  function keepTime(before, entry) {
    timers.clearTimeout(closing)
    closing = timers.setTimeout(door.look, Math.max(0, closingOf(entry) - door.now()) + LATE_MS)
    if (endOf(entry) <= endOf(before)) return
    ice.renew()
    rejoin(true)
  }

  function stop() {
    timers.clearTimeout(closing)
    heartbeat.stop()
  }

  return {
    /** The server has let us in; `missed` if it may have said something while the line was lost. */
    admitted(missed) {
      heartbeat.start()
      if (missed) door.look()
    },
    changed(was, state) {
      if (!inRoom(state)) stop()
      else if (state.entry !== was.entry || !inRoom(was)) keepTime(was.entry, state.entry)
      if (state.phase === 'ended' && was.phase !== 'ended' && !(state.outcome && state.entry)) outcome.learn()
    },
    close() {
      stop()
      heartbeat.close()
      outcome.close()
    },
  }
}
