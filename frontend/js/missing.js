// What a page could not fetch although its line is open: all is asked for once more, ever later, until it is there.
const FIRST = 3000 // later than pages trust their own first answer
const SLOWEST = 30_000

// `ask()` asks for all, and ends in whether it is there.
export function createMissing({ ask, random, timers }) {
  let timer = null
  let misses = 0

  async function now() {
    if (await ask()) misses = 0
  }

  return {
    now,
    later(least = 0) {
      if (timer) return
      const delay = Math.min(SLOWEST, FIRST * 2 ** misses++) + random() * 1000
      timer = timers.setTimeout(
        () => {
          timer = null
          now()
        },
        Math.max(least, delay),
      )
    },
    stop() {
      timers.clearTimeout(timer)
      timer = null
    },
  }
}
