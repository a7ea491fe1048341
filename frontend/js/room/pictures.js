// The elements that show and sound the call.

/** A picture that may be long in coming must not hold back the page's load event. */
function loaded(work) {
  if (document.readyState === 'complete') work()
  else addEventListener('load', work, { once: true })
}

/**
 * `find(name)` gives an element: preview, self, remote, voice, screen (the other's), sound (its) and mine (one's own screen);
 * `muffled(yes)` hears that the browser holds back the sound until a touch.
 */
export function createPictures({ find, level, muffled }) {
  let held = false
  let theirs = null // the other's tracks by name
  let speaker = ''

  const hold = (yes) => muffled((held = yes))
  const loud = ['voice', 'sound']

  // Never an empty stream: it would hold back the page's load event for ever.
  const show = (name, track) => (find(name).srcObject = track ? new MediaStream([track]) : null)

  function play(name) {
    find(name)
      .play()
      .catch((error) => error.name === 'NotAllowedError' && hold(true))
  }

  return {
    own(name, track) {
      if (name === 'audio') return level.follow(track)
      if (name === 'screen') return show('mine', track)
      if (name === 'camera') for (const place of ['preview', 'self']) show(place, track)
    },
    /** Two elements: in one, a camera that is off would hold back the sound. */
    meet(tracks) {
      theirs = tracks
      show('voice', tracks.audio)
      play('voice')
      const remote = find('remote')
      remote.requestVideoFrameCallback?.(() => performance.mark('room:first-frame'))
      loaded(() => theirs === tracks && show('remote', tracks.camera))
    },
    /** The other shows their screen, or no longer. */
    screen(shared) {
      const [screen, sound] = shared && theirs ? [theirs.screen, theirs.sound] : [null, null]
      if ((find('screen').srcObject?.getTracks()[0] ?? null) === screen) return
      show('screen', screen)
      show('sound', sound)
      if (sound) play('sound')
    },
    /** Through which loudspeaker, where the browser lets us say. */
    speak(id) {
      if (id === speaker) return
      speaker = id
      for (const name of loud)
        find(name)
          .setSinkId?.(id === 'default' ? '' : id)
          .catch(() => {})
    },
    /** Somebody touched the page. */
    wake() {
      level.wake()
      if (!held) return
      Promise.all(loud.map((name) => find(name).srcObject && find(name).play())).then(
        () => hold(false),
        () => {},
      )
    },
  }
}
