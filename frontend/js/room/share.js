// One's screen, or a window or a tab of it, shown to the other: asked for, and over when we, or the browser's own bar, say so.

const WANTED = {
  video: { width: { max: 2560 }, height: { max: 1600 }, frameRate: { ideal: 15, max: 30 } },
  audio: {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    suppressLocalAudioPlayback: false,
  },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  selfBrowserSurface: 'exclude', // this page in itself has no end
}

/** `devices` is navigator.mediaDevices; `news` hears track(name, track) and changed(). */
export function createShare({ devices, news }) {
  let stream = null
  let asking = false

  function adopt(fresh) {
    stream = fresh
    const [video] = fresh.getVideoTracks()
    const [sound = null] = fresh.getAudioTracks()
    video.contentHint = 'detail' // letters stay sharp; movement may stutter
    video.onended = () => stream === fresh && stop()
    if (sound) sound.contentHint = 'music'
    news.track('screen', video)
    news.track('sound', sound)
    news.changed()
  }

  function stop() {
    if (!stream) return
    for (const track of stream.getTracks()) {
      track.onended = null
      track.stop()
    }
    stream = null
    news.track('screen', null)
    news.track('sound', null)
    news.changed()
  }

  const track = (kind) => stream?.getTracks().find((each) => each.kind === kind) ?? null

  return {
    able: Boolean(devices?.getDisplayMedia),
    stop,
    get on() {
      return stream !== null
    },
    tracks: () => ({ screen: track('video'), sound: track('audio') }),
    /** False if the person changed their mind; one question at a time. `still()` says whether it is wanted once answered. */
    async start(still = () => true) {
      if (asking || stream) return false
      asking = true
      try {
        const fresh = await devices.getDisplayMedia(WANTED)
        if (still()) adopt(fresh)
        else fresh.getTracks().forEach((each) => each.stop())
        return true
      } catch (error) {
        if (error.name === 'NotAllowedError' && !/system/i.test(error.message)) return false
        throw error
      } finally {
        asking = false
      }
    },
  }
}
