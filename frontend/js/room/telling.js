// What the other page is to know of ours: the devices' state and some facts beside it, told anew when they meet.

/** `known()` says whether there is anybody to tell. */
export function createTelling({ media, send, known }) {
  let told = ''
  let noted = {}

  const ours = () => ({ ...media.state(), ...noted })

  function tell() {
    const state = ours()
    told = JSON.stringify(state)
    send({ media: state })
  }

  const tellChanged = () => known() && told !== JSON.stringify(ours()) && tell()

  return {
    tell,
    /** Our devices may have changed; the other hears only of what did. */
    tellChanged,
    /** Facts that the other is told beside the devices' state, now and after each reconnection; undefined takes one back. */
    note(facts) {
      noted = Object.fromEntries(Object.entries({ ...noted, ...facts }).filter(([, fact]) => fact !== undefined))
      tellChanged()
    },
  }
}
