// A copy in this browser of what the server does not have yet, so that no dead network or closed tab loses it.

const NAME = 'peerlearn-together'
const STORE = 'unsaved'

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** `indexedDB` may be absent or refuse, as in some private windows: then there is simply no copy. */
export function createKeep(key, { indexedDB } = globalThis) {
  let opened = null

  function open() {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    return settled(request)
  }

  async function within(mode, work) {
    try {
      const db = await (opened ??= open())
      return await settled(work(db.transaction(STORE, mode).objectStore(STORE)))
    } catch {
      return undefined
    }
  }

  return {
    read: () => within('readonly', (store) => store.get(key)),
    write: (update) => within('readwrite', (store) => store.put(update, key)),
    forget: () => within('readwrite', (store) => store.delete(key)),
  }
}
