// Which devices there are, as they are plugged in and out.
import { byKind } from './wishes.js'

/** `preferred` names the wished-for device of each kind. */
export function createListing({ devices, preferred }) {
  let lists = byKind([])

  const has = (kind, id) => lists[kind].some((each) => each.id === id)

  return {
    has,
    all: () => lists,
    /** The wished-for loudspeaker, if it is there. */
    speaker: () => (has('speaker', preferred.speaker) ? preferred.speaker : (lists.speaker[0]?.id ?? '')),
    /** Some browsers show their loudspeakers only in a list of their own. */
    async pick() {
      preferred.speaker = (await devices.selectAudioOutput()).deviceId
    },
    async look() {
      lists = byKind((await devices?.enumerateDevices?.()) ?? [])
      return lists
    },
  }
}
