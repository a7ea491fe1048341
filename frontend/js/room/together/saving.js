// What we wrote reaches the server soon, and a copy in this browser until then.
import { FROM } from './document.js'

const QUIET_MS = 5000
const COPY_MS = 250
const AGAIN_MS = [2000, 5000, 10_000, 20_000, 30_000]

/**
 * `shelf` and `keep` as their modules give them; `news` hears state(word): saved, saving or unsaved, loaded(), and
 * refused() for a snapshot that makes no sense.
 */
export function createSaving({ document, shelf, keep, news, timers = globalThis }) {
  let state = 'saved'
  let loaded = false // before that, what is on the server might be overwritten
  let loading = null
  let dirty = false
  let saving = null
  let failures = 0
  let due = null
  let copying = null
  let stopped = false

  function become(word) {
    if (state === word) return
    state = word
    news.state(word)
  }

  function later(ms) {
    timers.clearTimeout(due)
    due = timers.setTimeout(() => save().catch(() => {}), ms)
  }

  const patience = () => AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]

  function copy() {
    copying ??= timers.setTimeout(() => {
      copying = null
      if (dirty) keep.write(document.whole())
    }, COPY_MS)
  }

  function take(updates) {
    const verdicts = updates.map((update) => document.take(update, FROM.server))
    if (verdicts.some((verdict) => verdict !== 'fine')) news.refused()
  }

  async function fetchAll() {
    const kept = await keep.read()
    if (kept && document.take(kept, FROM.kept) === 'fine') touched()
    for (;;) {
      try {
        take(await shelf.read())
        break
      } catch {
        await new Promise((resolve) => timers.setTimeout(resolve, patience()))
        if (stopped) return
      }
    }
    failures = 0
    loaded = true
    news.loaded()
    if (dirty) later(QUIET_MS)
  }

  function touched() {
    dirty = true
    become('unsaved')
  }

  /** Now, if anything is to be saved; rejects if it was not, and tries again later. */
  async function save() {
    timers.clearTimeout(due)
    due = null
    if (saving) await saving.catch(() => {})
    if (!dirty || !loaded) return
    dirty = false
    become('saving')
    saving = shelf.write(document.whole())
    try {
      await saving
    } catch (error) {
      touched()
      copy()
      if (!stopped) later(patience())
      throw error
    } finally {
      saving = null
    }
    failures = 0
    if (dirty) return
    become('saved')
    await keep.forget()
    if (dirty) copy() // something came while it was forgotten
  }

  return {
    load: () => (loading ??= fetchAll()),
    /** Here somebody changed the document. */
    changed(origin) {
      if (!document.isLocal(origin)) return
      const first = !dirty && !due
      touched()
      copy()
      later(QUIET_MS)
      if (first && loaded) shelf.prepare(document.whole().length).catch(() => {})
    },
    /** Without a line, what the other has saved is as near as we come to them. */
    look: () => (loaded ? shelf.readTheirs().then(take, () => {}) : Promise.resolve()),
    save,
    /** The network is back: no need to wait. */
    hurry: () => dirty && later(0),
    leaving: () => dirty && loaded && shelf.writeLast(document.whole()),
    close() {
      stopped = true
      timers.clearTimeout(due)
      timers.clearTimeout(copying)
    },
  }
}
