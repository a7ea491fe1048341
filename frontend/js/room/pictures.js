// The elements that show and sound the call.

/** A picture that may be long in coming must not hold back the page's load event. */
function loaded(work) {
  if (document.readyState === 'complete') work()
  else addEventListener('load', work, { once: true })
}

/** `refs()` gives preview, self, remote and voice; `muffled(yes)` hears that the browser holds back the sound until a touch. */
export function createPictures({ refs, level, muffled }) {
  let held = false

  const hold = (yes) => muffled((held = yes))

  return {
    own(name, track) {
      if (name === 'audio') return level.follow(track)
      if (name !== 'camera') return
      // Never an empty stream: it would hold back the page's load event for ever.
      for (const video of [refs().preview, refs().self]) video.srcObject = track ? new MediaStream([track]) : null
    },
    /** Two elements: in one, a camera that is off would hold back the sound. */
    meet({ audio, camera }) {
      const { voice, remote } = refs()
      voice.srcObject = new MediaStream([audio])
      voice.play().catch((error) => hold(error.name === 'NotAllowedError'))
      remote.requestVideoFrameCallback?.(() => performance.mark('room:first-frame'))
      loaded(() => (remote.srcObject = new MediaStream([camera])))
    },
    /** Somebody touched the page. */
    wake() {
      level.wake()
      if (!held) return
      refs()
        .voice.play()
        .then(
          () => hold(false),
          () => {},
        )
    },
  }
}
