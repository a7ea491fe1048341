// The elements that show and sound the call.

/** A picture that may be long in coming must not hold back the page's load event. */
function loaded(work) {
  if (document.readyState === 'complete') work()
  else addEventListener('load', work, { once: true })
}

const PLACES = { camera: ['preview', 'self'], screen: ['mine'] }

/**
 * `find(name)` gives an element: preview, self, remote, voice, screen (the other's), sound (its) and mine (one's own screen);
 * `muffled(yes)` hears that the browser holds back the sound until a touch.
 */
export function createPictures({ find, level, muffled }) {
  let held = false
  let theirs = null // the other's tracks by name
  let speaker = ''
  const own = { camera: null, screen: null }

  const hold = (yes) => muffled((held = yes))
  const loud = ['voice', 'sound']

  // Never an empty stream: it would hold back the page's load event for ever.
  function show(name, track) {
    const element = find(name)
    if (element) element.srcObject = track ? new MediaStream([track]) : null
  }

  const send = (name) =>
    find(name)
      ?.setSinkId?.(speaker === 'default' ? '' : speaker)
      .catch(() => {})

  function play(name) {
    find(name)
      .play()
      .catch((error) => error.name === 'NotAllowedError' && hold(true))
  }

  return {
    own(name, track) {
      if (name === 'audio') return level.follow(track)
      if (name in own) own[name] = track
      for (const place of PLACES[name] ?? []) show(place, track)
    },
    /** The elements of the call are there only now. */
    furnish() {
      for (const name of Object.keys(own)) this.own(name, own[name])
      for (const name of loud) send(name)
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
      if ((find('screen')?.srcObject?.getTracks()[0] ?? null) === screen) return
      show('screen', screen)
      show('sound', sound)
      if (sound) play('sound')
    },
    /** Through which loudspeaker, where the browser lets us say. */
    speak(id) {
      if (id === speaker) return
      speaker = id
      for (const name of loud) send(name)
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
