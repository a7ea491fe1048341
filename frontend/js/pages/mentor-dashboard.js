// A mentor's dashboard: the application, and one's sessions today, to come and past.
import { setPerson, start } from '../app.js'
import { mentorSessions } from '../components/mentor-sessions.js'
import { mentorWaiting } from '../components/mentor-waiting.js'
import { live } from '../live.js'
import { mustBeSignedIn, whoAmI } from '../session.js'

const FRESH = 3000

const mentoring = () => ({
  askedAt: 0,
  stage: 'loading', // loading -> none, draft, pending, returned, approved; or failed
  problem: '',
  async init() {
    this.offs = [
      live.on('changed', ({ data }) => data.what === 'me' && this.refresh()),
      live.on('welcome', () => Date.now() - this.askedAt > FRESH && this.refresh()),
    ]
    await this.load()
  },
  destroy() {
    this.offs.forEach((off) => off())
  },
  async load() {
    this.stage = 'loading'
    try {
      this.show(await mustBeSignedIn())
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
  async refresh() {
    const me = await whoAmI({ fresh: true }).catch(() => null)
    if (me) this.show(me)
  },
  show(me) {
    setPerson(me)
    this.askedAt = Date.now()
    this.stage = me.mentor?.status ?? 'none'
    if (this.stage !== 'none') live.connect()
  },
})

start({ mentoring, mentorWaiting, sessions: mentorSessions })
