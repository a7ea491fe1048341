// One's open tracks, one of each kind, in the stream that keeps them in step.

export function createTracks(stream) {
  const track = { mic: null, camera: null }

  function drop(kind) {
    const old = track[kind]
    if (!old) return
    old.onended = null
    stream.removeTrack(old)
    old.stop()
    track[kind] = null
  }

  return {
    track,
    drop,
    /** In place of the one before; `ended` is told when it ends by itself. */
    put(kind, next, ended) {
      drop(kind)
      track[kind] = next
      stream.addTrack(next)
      next.onended = () => track[kind] === next && ended()
    },
  }
}
