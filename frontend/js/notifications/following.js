// A person's notifications in one tab: how many are unread, and the newest of them. The bell and the page share them, so
// that what is read in one is read in the other at once.
import { newestOf, readUntil, withRead } from './listing.js'

export const NEWEST = 8
const PATIENCE = 3000 // how long the line may take: until then, its welcome is the moment to ask

export function createNotifications({ api, live, lookAgain, timers = globalThis }) {
  const watchers = new Set()
  const readers = new Set()
  const quiet = { quiet: true } // a page for everybody sends nobody to sign in
  let known = { count: 0, stage: 'closed', items: [], problem: '' } // closed -> loading -> ready, or failed
  let started = false
  let asking = null
  let again = false
  let sending = 0 // readings under way
  let readings = 0
  let missed = false // an answer was dropped, because it may not know of a reading

  function become(change) {
    known = { ...known, ...change }
    watchers.forEach((show) => show(known))
  }

  // What is asked while an answer is on its way is asked once more after it.
  function ask() {
    again = Boolean(asking)
    asking ??= askInTurn().finally(() => (asking = null))
    return asking
  }
  async function askInTurn() {
    do {
      again = false
      await askOnce()
    } while (again)
  }
  async function askOnce() {
    const before = readings
    const whole = known.stage !== 'closed'
    try {
      const answer = whole
        ? await api.get('/notifications', { limit: NEWEST }, quiet)
        : await api.get('/notifications/unread', {}, quiet)
      if (before !== readings || sending) return (missed = true)
      become(whole ? { count: answer.unread, items: answer.items, stage: 'ready' } : { count: answer.unread })
    } catch (error) {
      if (whole && known.stage !== 'ready') become({ stage: 'failed', problem: error.message })
    }
  }

  // Shown as read at once; where that fails, as it is.
  async function send(work) {
    sending++
    readings++
    try {
      await work()
    } catch (error) {
      missed = true
      throw error
    } finally {
      sending--
      if (!sending && (missed || live.state !== 'open')) {
        missed = false
        ask()
      }
    }
  }

  async function read(item) {
    if (item.read) return
    become({ count: Math.max(0, known.count - 1), items: withRead(known.items, item.id) })
    readers.forEach((hear) => hear((items) => withRead(items, item.id)))
    await send(() => api.post(`/notifications/${encodeURIComponent(item.id)}/read`))
  }

  // Up to the newest of those that are shown: what comes meanwhile stays unread.
  async function readAll(shown = known.items) {
    const until = newestOf(shown)
    if (!until) return
    become({ count: 0, items: readUntil(known.items, until) })
    readers.forEach((hear) => hear((items) => readUntil(items, until)))
    await send(() => api.post('/notifications/read', { until }))
    await ask()
  }

  // The newest themselves, from now on.
  function open() {
    if (known.stage !== 'ready') become({ stage: 'loading', problem: '' })
    return ask()
  }

  function start() {
    if (started) return
    started = true
    const waiting = timers.setTimeout(ask, PATIENCE)
    live.on('changed', ({ data }) => data.what === 'notifications' && ask())
    live.on('welcome', () => {
      timers.clearTimeout(waiting)
      return ask()
    })
    lookAgain({ look: ask, mayChange: () => true })
    live.connect()
  }

  // `show({count, stage, items, problem})` now and at every change, until the function given back is called.
  function watch(show) {
    watchers.add(show)
    show(known)
    start()
    return () => watchers.delete(show)
  }

  // `hear(change)` at each reading here, `change` being what it does to a list.
  function onRead(hear) {
    readers.add(hear)
    return () => readers.delete(hear)
  }

  return { watch, onRead, open, read, readAll }
}
