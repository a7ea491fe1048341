// The lists of requests: those of one side, open or closed, following the server.
import { api } from '../api.js'
import { ticking } from '../components/clock.js'
import { liveFeed } from '../components/live-feed.js'
import { asOf, deadline, firstName, otherOf, standing, tone } from './words.js'

export const requestList = (side) => (state) => {
  const list = liveFeed((cursor, limit) => api.get('/me/requests', { side, state, cursor, limit }), 'requests')
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
    other: otherOf,
    name: (request) => firstName(otherOf(request)),
    status(request) {
      return standing(asOf(request, this.now))
    },
    tone(request) {
      return tone(asOf(request, this.now))
    },
    deadline(request) {
      return deadline(asOf(request, this.now), this.now)
    },
    moreTimes: ({ terms }) => terms.times.length - 1,
  }
}
