// What became of a session that is over: the server says so at its end, or up to a minute later.

const AGAIN_MS = 15_000
const MOST = 8
const OVER = /^(completed|cancelled|expired|no_show_\w+)$/

export const isOver = (status) => OVER.test(status)

/** `ask()` resolves to the session; `news` hears `settled` once it is known. */
export function createOutcome({ ask, news, timers = globalThis }) {
  let timer = null

  async function learn(tries = MOST) {
    const { status, viewer, booking_id, mentor, price_paise } = await ask().catch(() => ({}))
    if (isOver(status)) {
      const name = viewer === 'learner' ? mentor.name : ''
      news({ type: 'settled', outcome: status, about: { role: viewer, name, booking: booking_id, price: price_paise } })
    } else if (tries > 1) timer = timers.setTimeout(() => learn(tries - 1), AGAIN_MS)
  }

  return { learn: () => learn(), close: () => timers.clearTimeout(timer) }
}
