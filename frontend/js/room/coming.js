// How one comes, chosen before joining: with both devices, with sound, or only to listen, which asks for no device at all.

/** `wanted` and `track` are by kind; `fail(kind, word)` says that there is none of a kind, `open` and `openOne(kind)` ask for them. */
export function createComing({ wanted, track, drop, fail, hide, open, openOne, tell }) {
  function listenOnly() {
    Object.assign(wanted, { mic: false, camera: false, listen: true })
    drop('mic')
    fail('mic', 'unused')
    hide()
    tell()
  }

  /** `how` is both, sound or listen. */
  return async (how) => {
    if (how === 'listen') return listenOnly()
    Object.assign(wanted, { listen: false, mic: true, camera: how === 'both' })
    if (!wanted.camera) hide()
    if (track.mic) track.mic.enabled = true
    tell()
    if (!track.mic && !(wanted.camera && !track.camera)) return openOne('mic')
    if (!track.mic) return open()
    if (wanted.camera && !track.camera) return openOne('camera')
  }
}
