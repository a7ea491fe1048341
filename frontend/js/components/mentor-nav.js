// The way between a mentor's pages, with how many requests wait for the mentor's answer.
import { api } from '../api.js'
import { live } from '../live.js'
import { seemsSignedIn, whoAmI } from '../session.js'
import { tn } from '../i18n.js'

const MOST = 50

export const mentorNav = () => ({
  waiting: 0,
  more: false, // there are more than were counted
  async init() {
    const me = seemsSignedIn() && (await whoAmI().catch(() => null))
    if (me?.mentor?.status !== 'approved') return
    this.offs = [
      live.on('changed', ({ data }) => data.what === 'requests' && this.count()),
      live.on('welcome', () => this.count()), // what changed before the line was there was told to nobody
    ]
    await this.count()
  },
  destroy() {
    this.offs?.forEach((off) => off())
  },
  async count() {
    const page = await api.get('/me/requests', { side: 'mentor', state: 'open', limit: MOST }).catch(() => null)
    if (!page) return
    this.waiting = page.items.filter(({ turn }) => turn === 'mentor').length
    this.more = Boolean(page.next)
  },
  get waitingShort() {
    return this.more ? `${this.waiting}+` : String(this.waiting)
  },
  get waitingWords() {
    return tn('mentor_nav.waiting', this.waiting)
  },
})
