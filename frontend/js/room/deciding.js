// What one decides about the session from inside its room: its end, more time, that one will be late, who is put out.
import { isOver } from './outcome.js'

/** `state()` is the room's; `happened` hears the reducer's events; `cutOff()` ends the other's part in the call here. */
export function createDeciding({ door, state, happened, cutOff }) {
  let ending = false // by us: the news of it may come before the answer

  const known = (facts) => happened({ type: 'session', status: state().entry.session.status, ...facts })

  return {
    /** Whether this status ends it; if so it has ended. */
    over(status) {
      if (isOver(status)) happened({ type: 'ended', why: ending ? 'you' : 'over', outcome: status })
      return isOver(status)
    },
    async end() {
      ending = true
      const { status } = await door.end().finally(() => (ending = state().phase === 'ended'))
      happened({ type: 'ended', why: 'you', outcome: status })
    },
    async extend() {
      const { ends_at, extension_asked_by } = await door.extend(state().entry.ends_at)
      known({ ends_at, extension_asked_by })
    },
    async refuseExtension() {
      await door.refuseExtension()
      known({ ends_at: state().entry.ends_at, extension_asked_by: null })
    },
    /** Once the server has put them out, they are cut off here, even if its word for that is lost. */
    async remove() {
      await door.remove()
      cutOff()
      happened({ type: 'put-out', yes: true })
    },
    async readmit() {
      await door.readmit()
      happened({ type: 'put-out', yes: false })
    },
    /** Says to the other, here or not, that we shall be so many minutes late. */
    async sayLate(minutes) {
      await door.late(minutes)
      happened({ type: 'late', role: state().entry.role, minutes })
    },
  }
}
