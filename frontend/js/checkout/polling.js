// Looks again every few seconds, for as long as anybody would watch.
const EVERY = 5000
const LONGEST = 2 * 60_000

// `look()` answers whether it is still worth looking; `tired()` is called once it has been long enough.
export function polling({ look, tired, timers = globalThis }) {
  let timer = null
  let left = 0

  async function tick() {
    left -= 1
    if (!(await look())) return
    if (left <= 0) return tired()
    timer = timers.setTimeout(tick, EVERY)
  }
  return {
    start() {
      timers.clearTimeout(timer)
      left = LONGEST / EVERY
      timer = timers.setTimeout(tick, EVERY)
    },
    stop: () => timers.clearTimeout(timer),
  }
}
