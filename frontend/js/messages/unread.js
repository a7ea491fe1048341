// How many messages wait: asked for once a page, and again when something changes; every badge shows the same.

export function createUnread({ get, live }) {
  const shown = new Set()
  let count = 0
  let started = false
  let asking = null
  let again = false

  async function ask() {
    if (asking) return (again = true)
    asking = get('/threads/unread', {}, { quiet: true }).then(
      ({ unread }) => (count = unread),
      () => count,
    )
    await asking
    asking = null
    shown.forEach((show) => show(count))
    if (again) {
      again = false
      await ask()
    }
  }

  function start() {
    if (started) return
    started = true
    live.on('changed', ({ data }) => data.what === 'messages' && ask())
    live.on('welcome', () => ask())
    live.connect()
    ask()
  }

  // `show(count)` now and at every change, until the function given back is called.
  function watch(show) {
    shown.add(show)
    show(count)
    start()
    return () => shown.delete(show)
  }

  return { watch }
}

export const short = (count) => (count > 99 ? '99+' : String(count))
