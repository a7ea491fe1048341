// What we wrote reaches the server soon, and a copy in this browser until then.
import { FROM } from './document.js'

const QUIET_MS = 5000
const LONGEST_MS = 15_000 // however long somebody goes on without a pause
const COPY_MS = 250
const COPY_BYTES = 256 // for each millisecond between two copies: a large one takes its time
const AGAIN_MS = [2000, 5000, 10_000, 20_000, 30_000]

/**
 * `shelf` and `keep` as their modules give them; `news` hears state(word): saved, saving or unsaved, loaded(), and
 * refused() for a snapshot that makes no sense.
 */
export function createSaving({ document, shelf, keep, news, timers = globalThis }) {
  let state = 'saved'
  let loaded = false // before that, what is on the server might be overwritten
  let loading = null
  let doubtful = true // another page of ours may have written since we read
  let dirty = false
  let owed = false // the other has written, and perhaps could not save it
  let saving = null
  let failures = 0
  let due = null
  let latest = null
  let copying = null
  let copied = 0
  let stopped = false

  function become(word) {
    if (state === word) return
    state = word
    news.state(word)
  }

  const saveNow = () => save().catch(() => {})

  function later(ms) {
    timers.clearTimeout(due)
    due = timers.setTimeout(saveNow, ms)
  }

  function soon() {
    later(QUIET_MS)
    latest ??= timers.setTimeout(saveNow, LONGEST_MS)
  }

  function rest() {
    timers.clearTimeout(due)
    timers.clearTimeout(latest)
    due = latest = null
  }

  const patience = () => AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]

  function copy() {
    copying ??= timers.setTimeout(
      () => {
        copying = null
        if (!dirty && !saving) return
        const update = document.whole()
        copied = update.length
        keep.write(update)
      },
      Math.max(COPY_MS, copied / COPY_BYTES),
    )
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
    if (dirty) soon()
  }

  function touched() {
    dirty = true
    become('unsaved')
  }

  /** What another page of ours has saved is taken in before it is written over. */
  async function write() {
    if (doubtful) take(await shelf.readOurs())
    await shelf.write(document.whole())
    doubtful = false
  }

  /** Now, if anything is to be saved; rejects if it was not, and tries again later. */
  async function save() {
    rest()
    if (saving) await saving.catch(() => {})
    if (!(dirty || owed) || !loaded) return
    dirty = owed = false
    become('saving')
    saving = write()
    try {
      await saving
    } catch (error) {
      doubtful = true
      touched()
      copy()
      if (!stopped) later(patience())
      throw error
    } finally {
      saving = null
    }
    failures = 0
    if (dirty) return
    timers.clearTimeout(copying)
    copying = null
    become('saved')
    await keep.forget()
    if (dirty) copy() // something came while it was forgotten
  }

  return {
    load: () => (loading ??= fetchAll()),
    /** The document has changed, here or, by its origin, elsewhere. */
    changed(origin) {
      owed ||= origin === FROM.wire
      if (!document.isLocal(origin)) return
      const first = !dirty && !due
      touched()
      copy()
      soon()
      if (first && loaded) shelf.prepare(document.whole().length).catch(() => {})
    },
    /** Without a line, what the other has saved is as near as we come to them. */
    look: () => (loaded ? shelf.readTheirs().then(take, () => {}) : Promise.resolve()),
    save,
    /** The other is out of reach: what only this page has of them is saved with ours. */
    alone() {
      if (!owed) return
      touched()
      copy()
      soon()
    },
    /** From here on another page may write for us. */
    doubt: () => (doubtful = true),
    /** The network is back: no need to wait. */
    hurry: () => dirty && later(0),
    leaving: () => (dirty || owed || saving) && loaded && shelf.writeLast(document.whole()),
    close() {
      stopped = true
      rest()
      timers.clearTimeout(copying)
    },
  }
}
