// What we wrote and the server has not got: sent one after the other, kept while there is no line, and over a reload.

const AGAIN_MS = 3000
const LATER = new Set(['no_line', 'pass_expired', 'not_admitted']) // the next time we are let in
const SOON = new Set(['no_answer', 'too_fast', 'surprise', 'unavailable', 'changed_meanwhile'])

/**
 * `ask(message)` resolves to the server's answer; `news` hears taken(id, at) and failed(id, words); `memory` is {read, keep} for
 * what is not sent yet.
 */
export function createOutbox({ ask, news, memory, timers = globalThis }) {
  const kept = memory.read()
  let waiting = Array.isArray(kept) ? kept : []
  let busy = false
  let timer = null

  const keep = (next) => memory.keep((waiting = next))

  async function pump() {
    if (busy) return
    busy = true
    timers.clearTimeout(timer)
    while (waiting.length && (await sent(waiting[0])));
    busy = false
  }

  /** False when the rest has to wait. */
  async function sent(message) {
    const done = () => keep(waiting.filter(({ id }) => id !== message.id))
    try {
      const { at } = await ask(message)
      done()
      news.taken(message.id, at)
    } catch ({ code, message: words }) {
      if (LATER.has(code)) return false
      if (SOON.has(code)) {
        timer = timers.setTimeout(pump, AGAIN_MS)
        return false
      }
      done()
      news.failed(message.id, words)
    }
    return true
  }

  return {
    waiting: () => waiting,
    add(message) {
      keep([...waiting, message])
      pump()
    },
    /** The line is back. */
    retry: pump,
    close: () => timers.clearTimeout(timer),
  }
}
