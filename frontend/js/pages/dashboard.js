// A learner's dashboard: the next session with its countdown, what is coming, what was.
import { api, start } from '../app.js'
import { ticking } from '../components/clock.js'
import { liveFeed } from '../components/live-feed.js'
import { until } from '../time.js'

const page = (when) => (cursor, limit) => api.get('/me/bookings', { when, cursor, limit })

const upcoming = () => {
  const list = liveFeed(page('upcoming'), 'bookings')
  return {
    ...list,
    ...ticking(),
    init() {
      this.startClock()
      return list.init.call(this)
    },
    destroy() {
      this.stopClock()
      list.destroy.call(this)
    },
    joinable({ join }) {
      return this.now >= Date.parse(join.waiting_from) && this.now <= Date.parse(join.until)
    },
    left(booking) {
      return until(booking.session.starts_at, this.now)
    },
    begun(booking) {
      return this.now >= Date.parse(booking.session.starts_at)
    },
  }
}

const past = () => liveFeed(page('past'), 'bookings')

start({ upcoming, past })
