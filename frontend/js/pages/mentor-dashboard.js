// A mentor's dashboard: the application, and one's sessions today, to come and past, with Go live in its window.
import { api, person, setPerson, start } from '../app.js'
import { ticking } from '../components/clock.js'
import { liveFeed } from '../components/live-feed.js'
import { failed } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { mustBeSignedIn, whoAmI } from '../session.js'
import { roomLink } from '../show.js'
import { dateIn, until } from '../time.js'

const page = (when) => (cursor, limit) => api.get('/me/sessions', { when, cursor, limit })
const TAKEN = new Set(['booked', 'live'])

const mentoring = () => ({
  stage: 'loading', // loading -> none, draft, pending, returned, approved; or failed
  problem: '',
  async init() {
    this.off = live.on('changed', ({ data }) => data.what === 'me' && this.refresh())
    await this.load()
  },
  destroy() {
    this.off()
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
    this.stage = me.mentor?.status ?? 'none'
    if (this.stage !== 'none') live.connect()
  },
})

const sessions = (when) => {
  const list = liveFeed(page(when), 'sessions')
  return {
    ...list,
    ...ticking(),
    going: null, // the session we are going live with
    init() {
      this.startClock()
      return list.init.call(this)
    },
    destroy() {
      this.stopClock()
      list.destroy.call(this)
    },
    isToday(session) {
      return dateIn(person.zone, new Date(session.starts_at)) === dateIn(person.zone, this.now)
    },
    shown(which) {
      return which === 'past' ? this.items : this.items.filter((each) => this.isToday(each) === (which === 'today'))
    },
    open(session) {
      return (
        session.booking &&
        TAKEN.has(session.status) &&
        this.now >= Date.parse(session.live_from) &&
        this.now <= Date.parse(session.until)
      )
    },
    left(session) {
      return until(session.starts_at, this.now)
    },
    status: (session) => t(`status.${session.status}`),
    room: (session) => roomLink(session.id),
    async goLive(session) {
      if (this.going) return
      this.going = session.id
      try {
        await api.post(`/rooms/${encodeURIComponent(session.id)}/live`)
        location.assign(roomLink(session.id))
      } catch (error) {
        this.going = null
        failed(error)
        this.load({ quiet: true })
      }
    },
  }
}

start({ mentoring, sessions })
