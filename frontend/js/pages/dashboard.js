// A learner's dashboard: what waits for an answer, the next session with its countdown, what is coming, what was, and
// what they wait for.
import { api, person, start } from '../app.js'
import { agenda } from '../booking/agenda.js'
import { holdLink } from '../booking/links.js'
import { remaining } from '../booking/moments.js'
import { ticking } from '../components/clock.js'
import { liveFeed } from '../components/live-feed.js'
import { receipts } from '../components/receipts.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { until, when } from '../time.js'

const HOUR = 60 * 60_000

const page = (part) => (cursor, limit) => api.get('/me/bookings', { when: part, cursor, limit })
const bookingPath = (booking, move) => `/bookings/${encodeURIComponent(booking.id)}${move}`

const upcoming = () => {
  const list = liveFeed(page('upcoming'), 'bookings')
  return {
    ...list,
    ...ticking(),
    ...receipts(),
    doing: '', // the booking whose other time is being answered
    init() {
      this.startClock()
      return list.init.call(this)
    },
    destroy() {
      this.stopClock()
      list.destroy.call(this)
    },
    get plan() {
      return agenda(this.items, this.now, person.zone)
    },
    joinable({ join }) {
      return this.now >= Date.parse(join.waiting_from) && this.now <= Date.parse(join.until)
    },
    left(booking) {
      return until(booking.session.starts_at, this.now)
    },
    // What is left of it in minutes and seconds; of a longer one, until when.
    holdWords({ pay_by: payBy }) {
      if (Date.parse(payBy) - this.now > HOUR) return t('dashboard.pay_by', { when: when(payBy, person.zone) })
      return t('dashboard.held', { left: remaining(payBy, this.now) })
    },
    holdLink,
    begun(booking) {
      return this.now >= Date.parse(booking.session.starts_at)
    },
    accept(booking) {
      const { starts_at } = booking.proposal // what was read is what is agreed to
      const send = () => api.post(bookingPath(booking, '/proposal/accept'), { starts_at })
      return this.answer(booking, send, t('move.accepted'))
    },
    decline(booking) {
      return this.answer(booking, () => api.remove(bookingPath(booking, '/proposal')), t('move.declined'))
    },
    async answer(booking, send, words) {
      if (this.doing) return
      this.doing = booking.id
      try {
        await send()
        toast(words)
      } catch (error) {
        failed(error)
      }
      await this.load({ quiet: true })
      this.doing = ''
    },
  }
}

const past = () => ({ ...liveFeed(page('past'), 'bookings'), ...receipts() })

const waited = (cursor, limit) => api.get('/me/waitlist', { cursor, limit })
const waitlist = () => liveFeed(waited, 'bookings', () => true) // the same word tells of a place that is offered

start({ upcoming, past, waitlist })
