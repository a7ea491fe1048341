// The two snapshots of a session on the server: each side writes its own, both are read.
import { CAP } from './document.js'
import { fits, pack, roomFor, unpack } from './snapshot.js'

const OTHER = { mentor: 'learner', learner: 'mentor' }
const KEEPALIVE = 60 * 1024 // browsers let no more outlive a page
const QUIET = { quiet: true } // a call is not left because a session has lapsed
const SPARE_MS = 5000 // an address so close to its end is not used

/** `side` is ours; `http` is fetch. */
export function createShelf({ api, id, side, http, now = () => Date.now() }) {
  const path = `/sessions/${id}/document`
  let place = null // {url, room, until}: where the next snapshot goes

  async function fetched(url) {
    if (!url) return null
    const answer = await http(url, { cache: 'no-store', credentials: 'omit' })
    if (answer.status === 404) return null
    if (!answer.ok) throw new Error(`a snapshot was not given: ${answer.status}`)
    return unpack(new Uint8Array(await answer.arrayBuffer()))
  }

  const isGood = (length) => place && fits(length, place.room) && now() < place.until

  return {
    /** An address for a snapshot of about this length, asked for before it is needed. */
    async prepare(length) {
      if (isGood(length)) return
      const room = roomFor(length, CAP)
      const asked = now()
      const { url, seconds } = await api.post(path, { bytes: room }, QUIET)
      place = { url, room, until: asked + seconds * 1000 - SPARE_MS }
    },
    async write(update) {
      await this.prepare(update.length)
      const { url, room } = place
      place = null
      const keepalive = room <= KEEPALIVE // it goes on should the page go away in the midst of it
      const answer = await http(url, { method: 'PUT', body: pack(update, room), credentials: 'omit', keepalive })
      if (!answer.ok) throw new Error(`a snapshot was not taken: ${answer.status}`)
    },
    /** As the page goes away: only what needs no further question and is small enough. */
    writeLast(update) {
      if (!isGood(update.length) || place.room > KEEPALIVE) return
      const { url, room } = place
      place = null
      http(url, { method: 'PUT', body: pack(update, room), credentials: 'omit', keepalive: true }).catch(() => {})
    },
    /** The updates that there are, ours first. */
    async read(whose = [side, OTHER[side]]) {
      const urls = await api.get(path, {}, QUIET)
      const updates = await Promise.all(whose.map((each) => fetched(urls[each])))
      return updates.filter(Boolean)
    },
    readOurs() {
      return this.read([side])
    },
    readTheirs() {
      return this.read([OTHER[side]])
    },
  }
}
