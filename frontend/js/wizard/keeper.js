// Keeps what is being typed on the server: a while after the last change, one saving at a time, the newest words last.
export function keeper({ save, told, pause = 1200, retry = 8000 }) {
  let timer = null
  let waiting = null // the words not sent yet
  let running = null

  function later(after) {
    clearTimeout(timer)
    timer = setTimeout(flush, after)
  }

  async function flush() {
    clearTimeout(timer)
    if (running) return running.then(flush)
    if (!waiting) return
    const words = waiting
    waiting = null
    told('saving')
    running = save(words).then(
      (answer) => told(waiting ? 'saving' : 'saved', answer),
      (error) => {
        waiting ??= words
        const passing = !error.status || error.status >= 500 || error.status === 429
        told('failed', error)
        if (passing) later(retry)
      },
    )
    await running
    running = null
  }

  return {
    keep(words) {
      waiting = words
      later(pause)
    },
    flush,
    behind: () => Boolean(waiting || running),
    // Nothing is sent any more, and what is on its way has arrived: a draft must not rise again after its publishing.
    async stop() {
      clearTimeout(timer)
      waiting = null
      await running
      clearTimeout(timer)
      waiting = null
    },
  }
}
