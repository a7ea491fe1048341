// Somebody speaks while their microphone is muted: heard from a copy of the track that never leaves the machine.

const LOUD = 0.42
const SAMPLES = 12 // ten a second
const ENOUGH = 5
const SHOWN_MS = 6000

/** Whether so many of the last samples are speech; pure but for what it remembers. */
export function createTalking() {
  let last = []
  return {
    hear(loudness) {
      last = [...last.slice(1 - SAMPLES), loudness > LOUD]
      return last.filter(Boolean).length >= ENOUGH
    },
    reset: () => (last = []),
  }
}

/** `makeLevel(hear)` gives a meter; `show(yes)` hears when the hint is due and when it has been seen long enough. */
export function createMuteHint({ makeLevel, show, timers = globalThis }) {
  const talking = createTalking()
  let track = null
  let copy = null
  let level = null
  let timer = null

  function heard(loudness) {
    if (!copy || timer || !talking.hear(loudness)) return
    show(true)
    timer = timers.setTimeout(hide, SHOWN_MS)
  }

  function hide() {
    timers.clearTimeout(timer)
    timer = null
    talking.reset()
    show(false)
  }

  function listen() {
    copy = track.clone()
    copy.enabled = true
    level ??= makeLevel(heard)
    level.follow(copy)
  }

  function rest() {
    level?.follow(null)
    copy?.stop()
    copy = null
    hide()
  }

  return {
    /** The microphone's track, or null, and whether it is muted amid a call. */
    follow(next, muted) {
      const wanted = Boolean(next && muted && next.readyState !== 'ended')
      if (next === track && wanted === Boolean(copy)) return
      if (copy) rest()
      track = next
      if (wanted) listen()
    },
    wake: () => level?.wake(),
    close() {
      rest()
      level?.close()
    },
  }
}
