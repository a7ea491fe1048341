// One booking, /bookings/<id>, as its two people see it: the hold and its confirming, the way in, calling it off or
// moving it, and what became of it. It follows the server by the socket, and the clock by the server's time.
import { api, person, setPerson, start } from '../app.js'
import { againLink, timesLink } from '../booking/links.js'
import { ahead, forBoth, stage } from '../booking/moments.js'
import { immovable } from '../booking/moving.js'
import { outcome, statusWords, tone } from '../booking/outcomes.js'
import { addingToCalendar } from '../components/booking-calendar.js'
import { cancelling } from '../components/booking-cancel.js'
import { disputing } from '../components/booking-dispute.js'
import { holding } from '../components/booking-hold.js'
import { moving } from '../components/booking-move.js'
import { itsPayment } from '../components/booking-payment.js'
import { focusSoon } from '../components/focus.js'
import { learnerRating } from '../components/learner-rating.js'
import { lookAgain } from '../components/looking.js'
import { rating } from '../components/rating.js'
import { sessionAfter } from '../components/session-after.js'
import { sessionFiles } from '../components/session-files.js'
import { sessionPlan } from '../components/session-plan.js'
import { toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { mustBeSignedIn } from '../session.js'
import { roomLink } from '../show.js'
import { clock, until } from '../time.js'

const SETTLING = 1500 // the server acts on the clock a moment after it
const WORDS = new Set(['bookings', 'sessions'])
const id = decodeURIComponent(location.pathname.split('/').pop())

const bookingPage = () => ({
  ...holding(),
  ...cancelling(),
  ...moving(),
  ...disputing(),
  ...itsPayment(),
  ...addingToCalendar(),
  stage: 'loading', // loading -> ready, gone or failed
  problem: '',
  booking: null,
  mentor: null, // their page, for its offerings
  now: 0,
  skew: 0,
  doing: '', // the move under way

  async init() {
    this.root = this.$el
    this.offs = [
      live.on('changed', ({ data }) => WORDS.has(data.what) && this.refresh()),
      live.on('welcome', () => this.refresh()), // what changed before the line was there was told to nobody
      lookAgain({ look: () => this.refresh(), mayChange: () => this.phase === 'held' || this.booking?.proposal }),
    ]
    this.tick = setInterval(() => document.visibilityState === 'visible' && this.pass(), 1000)
    this.$watch('phase', (next, before) => before && this.turn())
    await this.load()
    live.connect()
  },
  destroy() {
    this.offs.forEach((off) => off())
    clearInterval(this.tick)
  },

  async load() {
    this.stage = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      this.take(await api.get(this.path()))
      this.stage = 'ready'
    } catch (error) {
      Object.assign(this, { stage: error.status === 404 ? 'gone' : 'failed', problem: error.message })
      return
    }
    document.title = t('mentor.page_title', { name: this.booking.session.title })
    const path = `/mentors/${encodeURIComponent(this.booking.session.mentor.slug)}`
    this.asked = api.get(path).catch(() => null)
    this.mentor = await this.asked
  },
  async refresh() {
    if (!this.booking) return
    const fresh = await api.get(this.path()).catch(() => null)
    if (fresh) this.take(fresh)
  },
  take(booking) {
    const now = Date.now()
    if (this.booking?.proposal) this.settled = this.settling(booking)
    Object.assign(this, { booking, skew: ahead(booking.server_time, now) })
    this.pass()
  },
  path: (move = '') => `/bookings/${encodeURIComponent(id)}${move}`,

  pass() {
    if (!this.booking) return
    this.now = Date.now() + this.skew
    if (this.phase === 'held') this.warn()
  },
  // The clock has brought another phase: what can be done is another thing, too.
  turn() {
    setTimeout(() => this.refresh(), SETTLING)
    if (this.phase === 'lapsed') this.focusOn('outcome')
  },
  get phase() {
    return this.booking ? stage(this.booking, this.now) : ''
  },

  get learning() {
    return this.booking.viewer === 'learner'
  },
  other() {
    return this.learning ? this.booking.session.mentor : this.booking.learner
  },
  firstName() {
    return this.other().name.split(' ')[0]
  },
  otherZone() {
    return this.booking.other_zone
  },
  times() {
    const { starts_at: start, duration_minutes: minutes } = this.booking.session
    return forBoth(start, minutes, { zone: person.zone, otherZone: this.otherZone(), name: this.firstName() })
  },
  status() {
    return statusWords(this.phase === 'lapsed' ? 'expired' : this.booking.status, this.booking.viewer)
  },
  tone() {
    return tone(this.phase)
  },
  outcome() {
    return outcome(this.booking, this.phase, this.firstName())
  },
  until(moment) {
    return until(moment, this.now)
  },
  begun() {
    return this.now >= Date.parse(this.booking.session.starts_at)
  },
  doorsWords() {
    const opens = clock(this.booking.join.waiting_from, person.zone)
    return t(this.learning ? 'ahead.learner' : 'ahead.mentor', { clock: opens, name: this.firstName() })
  },
  immovable() {
    return immovable(this.booking, this.now)
  },
  movable() {
    const { can, propose_until: last } = this.booking
    return can.propose && this.now <= Date.parse(last)
  },
  timesLink() {
    return timesLink(this.booking, this.mentor?.offerings)
  },
  againLink() {
    return againLink(this.booking, this.mentor?.offerings)
  },
  room() {
    return roomLink(this.booking.session.id)
  },

  // Plan and files go with a booking that stands; what remains of a session, with one that has begun.
  shared() {
    return ['confirmed', 'completed', 'no_show'].includes(this.booking.status)
  },
  met() {
    return this.shared() && this.begun()
  },
  mayPlan() {
    return this.booking.status === 'confirmed'
  },

  // One move at a time; what stands in its way is said, and what is shown is fetched anew.
  async act(name, send, words) {
    if (this.doing) return
    Object.assign(this, { doing: name, problem: '' })
    try {
      const view = await send()
      if (view) this.take(view)
      else await this.refresh()
      if (words) toast(words)
      this.focusOn('outcome')
      return true
    } catch (error) {
      this.problem = error.message
      await this.refresh()
      this.focusOn('refusal')
    } finally {
      this.doing = ''
    }
  },
  focusOn(name) {
    focusSoon(this.root, name)
  },

  goLive() {
    return this.act('live', async () => {
      await api.post(`/rooms/${encodeURIComponent(this.booking.session.id)}/live`)
      location.assign(this.room())
    })
  },
})

start({ bookingPage, learnerRating, rating, sessionAfter, sessionFiles, sessionPlan })
