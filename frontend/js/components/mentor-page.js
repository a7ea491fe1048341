// A page of an approved mentor's own: waits for them and for what it shows, and follows the server by the socket.
import { setPerson } from '../app.js'
import { live } from '../live.js'
import { mustBeSignedIn } from '../session.js'

const FRESH = 3000

// The page has `fetchAll(me)` and `follow()`, called when something of `words` changed, or the socket was away.
export const mentorPage = (words) => ({
  fetchedAt: 0,
  stage: 'loading', // loading -> ready; or closed (no approved mentor), failed
  problem: '',
  async init() {
    this.offs = [
      live.on('changed', ({ data }) => words.includes(data.what) && this.stage === 'ready' && this.follow()),
      live.on('welcome', () => this.stage === 'ready' && Date.now() - this.fetchedAt > FRESH && this.follow()),
    ]
    await this.load()
  },
  destroy() {
    this.offs.forEach((off) => off())
  },
  async load() {
    this.stage = 'loading'
    try {
      const me = await mustBeSignedIn()
      setPerson(me)
      if (me.mentor?.status !== 'approved') return (this.stage = 'closed')
      await this.fetchAll(me)
      this.fetchedAt = Date.now()
      this.stage = 'ready'
      live.connect()
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
})
