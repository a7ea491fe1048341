// Parts of a recording on their way to storage: in order, as often as it takes, and none is forgotten while the page lives.
import { storage } from '../../api.js'

const FIRST_MS = 1000
const SLOWEST_MS = 20_000
const FOR_GOOD = new Set([400, 403, 404, 409, 410, 422])

/**
 * `api` asks the server, `put(url, blob)` resolves to the part's ETag. `news` hears waiting(bytes) and lost(words): it will
 * never arrive.
 */
export function createUpload({ id, api, put, news, timers = globalThis }) {
  const place = `/recordings/${id}`
  const sent = []
  let queue = []
  let busy = false
  let failures = 0
  let number = 0
  let seconds = null // known once the recording has ended
  let over = false

  const pause = () => Math.min(SLOWEST_MS, FIRST_MS * 2 ** failures++)
  const tell = () => news.waiting(queue.reduce((sum, { blob }) => sum + blob.size, 0))

  async function send({ number, blob }) {
    const { url } = await api.post(`${place}/parts`, { number, bytes: blob.size }, { quiet: true })
    sent.push({ number, etag: await put(url, blob) })
  }

  async function pump() {
    if (busy || over) return
    busy = true
    try {
      while (queue.length) {
        await send(queue[0])
        queue.shift()
        failures = 0
        tell()
      }
      if (seconds !== null) await finish()
    } catch (error) {
      if (FOR_GOOD.has(error.status)) give(error)
      else timers.setTimeout(pump, pause())
    }
    busy = false
  }

  async function finish() {
    if (sent.length) await api.post(`${place}/done`, { parts: sent, seconds }, { quiet: true })
    over = true
    tell()
  }

  function give(error) {
    over = true
    queue = []
    tell()
    news.lost(error.message)
  }

  return {
    add(blob) {
      if (over) return
      queue.push({ number: ++number, blob })
      tell()
      pump()
    },
    /** Nothing more comes: what is there becomes the file. */
    end(length) {
      seconds = length
      pump()
    },
    /** The network is back: no reason to wait out the pause. */
    hurry: pump,
    get over() {
      return over
    },
  }
}

/** A part goes to storage itself; what it answers is proof of it. */
export async function putPart(url, blob) {
  const answer = await storage(url, { method: 'PUT', body: blob })
  if (!answer.ok)
    throw Object.assign(new Error('upload refused'), { status: answer.status === 403 ? 0 : answer.status })
  return answer.headers.get('ETag')
}
