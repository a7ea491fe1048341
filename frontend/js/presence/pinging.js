// A mentor's page says that it is looked at: each four minutes while it is, and when it comes back into view.

const EVERY = 4 * 60_000

// The server gives mentors a token with its welcome; nobody else says anything. Gives back what ends it.
export function keepPresent({ line, page = document, timers = globalThis, now = () => Date.now() }) {
  let token = null
  let last = 0

  function tell() {
    if (!token || page.visibilityState !== 'visible' || now() - last < EVERY) return
    if (line.send({ type: 'present', data: { token } })) last = now()
  }

  const off = line.on('welcome', ({ data }) => {
    token = data.presence ?? null
    last = now() // connecting has said it already
  })
  const tick = timers.setInterval(tell, EVERY / 4)
  page.addEventListener('visibilitychange', tell)
  return () => {
    off()
    timers.clearInterval(tick)
    page.removeEventListener('visibilitychange', tell)
  }
}
