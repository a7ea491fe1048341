// What lies on the server in memory, and a person who saves there.
import { createDocument } from '../../../frontend/js/room/together/document.js'
import { createSaving } from '../../../frontend/js/room/together/saving.js'
import { createShelf } from '../../../frontend/js/room/together/shelf.js'
import { unpack } from '../../../frontend/js/room/together/snapshot.js'
import { Y, fakeTimers } from './together-fakes.js'

/** The server's part: two places, and a network that can be down. */
export function server() {
  const held = new Map()
  const asked = []
  const it = { held, asked, down: false, refusing: false, loud: false }
  it.http = async (url, { method = 'GET', body, keepalive = false } = {}) => {
    asked.push([method, url, keepalive])
    if (it.down) throw new TypeError('offline')
    if (it.refusing) return new Response('', { status: 403 })
    if (method === 'PUT') held.set(url, body)
    return method === 'PUT' ? new Response('') : new Response(held.get(url))
  }
  it.api = (side) => ({
    async post(path, { bytes }, options) {
      it.loud ||= !options?.quiet
      asked.push(['POST', path, bytes])
      if (it.down) throw new Error('offline')
      return { url: `/lessons/${side}`, seconds: 600 }
    },
    async get(path, query, options) {
      it.loud ||= !options?.quiet
      if (it.down) throw new Error('offline')
      const at = (each) => (held.has(`/lessons/${each}`) ? `/lessons/${each}` : null)
      return { mentor: at('mentor'), learner: at('learner') }
    },
  })
  return it
}

export function memory() {
  let kept
  return { read: async () => kept, write: async (update) => (kept = update), forget: async () => (kept = undefined) }
}

export function person(side, at, keep = memory()) {
  const timers = fakeTimers()
  const told = []
  const document = createDocument({
    Y,
    news: { changed: (_, origin) => saving.changed(origin), fullness: (word) => told.push(word) },
  })
  const shelf = createShelf({
    api: at.api(side),
    id: 'ses_1',
    side,
    http: (...call) => at.http(...call),
    now: timers.now,
  })
  const news = {
    state: (word) => told.push(word),
    loaded: () => told.push('loaded'),
    refused: () => told.push('refused'),
  }
  const saving = createSaving({ document, shelf, keep, news, timers })
  return { timers, told, document, saving, keep, shelf }
}

export function written(words) {
  const doc = new Y.Doc()
  doc.getText('notes').insert(0, words)
  return Y.encodeStateAsUpdate(doc)
}

export const textOf = (bytes) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, unpack(bytes))
  return doc.getText('notes').toString()
}
