// From the check, or from outside, into the call.

/** `state()` is the room's; `happened` hears the reducer's events, `enter` the machinery once all is ready. */
export function createEntering({ door, media, memory, machinery, ice, spare, state, happened, enter }) {
  let presses = 0

  async function ready() {
    const { role, session } = state().entry
    const found = ice.ready().then(spare.use)
    const machine = await machinery()
    await Promise.all([found, role === 'mentor' && session.status !== 'live' && door.goLive()])
    return machine
  }

  /** Pressed twice, only the last counts. */
  return async () => {
    const mine = ++presses
    const current = () => state().phase === 'joining' && mine === presses
    if (state().phase === 'left') await Promise.all([door.knock(), media.open()])
    if (mine === presses) happened({ type: 'join' })
    if (!current()) return
    memory.keep({ wishes: media.wishes() })
    try {
      const machine = await ready()
      if (current()) enter(machine)
    } catch (error) {
      if (current()) happened(door.eventFor(error))
    }
  }
}
