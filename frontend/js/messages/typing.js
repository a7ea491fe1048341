// Who is typing: told to the other at most once in three seconds, believed for a little longer than that.

export const EVERY = 3000
export const BELIEVED = 6000

// `tell()` sends; `typed()` is called at each key.
export function typist({ tell, now = () => Date.now() }) {
  let last = -Infinity
  return {
    typed() {
      if (now() - last < EVERY) return
      last = now()
      tell()
    },
    // What was written has been sent: the next key is told at once.
    rested() {
      last = -Infinity
    },
  }
}

// `show(true)` at a sign of typing, `show(false)` once none has come for a while, or at `over()`.
export function watcher({ show, timers = globalThis }) {
  let timer = null
  const over = () => {
    timers.clearTimeout(timer)
    show(false)
  }
  return {
    seen() {
      timers.clearTimeout(timer)
      timer = timers.setTimeout(over, BELIEVED)
      show(true)
    },
    over,
  }
}
