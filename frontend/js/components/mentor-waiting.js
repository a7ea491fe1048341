// What waits for a mentor's answer: other times that learners wish for, and requests that have come to them.
import { api, person } from '../app.js'
import { live } from '../live.js'
import { waitsFor } from '../mentoring/standing.js'
import { t } from '../i18n.js'
import { until, when } from '../time.js'
import { ticking } from './clock.js'
import { lookAgain } from './looking.js'

const MOST = 50
const firstName = ({ learner }) => learner.name.split(' ')[0]
const itemsOf = (path, query) => api.get(path, { ...query, limit: MOST }).then(({ items }) => items)

export const mentorWaiting = () => ({
  ...ticking(),
  sessions: [],
  requests: [],

  async init() {
    this.startClock()
    this.offs = [
      live.on('changed', ({ data }) => this.follow(data.what)),
      live.on('welcome', () => this.look()),
      lookAgain({ look: () => this.look(), mayChange: () => true }),
    ]
    await this.look()
  },
  destroy() {
    this.stopClock()
    this.offs.forEach((off) => off())
  },
  look() {
    return Promise.all([this.follow('sessions'), this.follow('requests')])
  },
  // What cannot be fetched stays as it was shown: the lists below say what is wrong.
  async follow(what) {
    if (what === 'sessions') {
      this.sessions = await itemsOf('/me/sessions', { when: 'upcoming' }).catch(() => this.sessions)
    } else if (what === 'requests') {
      this.requests = await itemsOf('/me/requests', { side: 'mentor', state: 'open' }).catch(() => this.requests)
    }
  },

  // {id, title, words, link} of each, soonest to lapse first.
  get waiting() {
    const proposed = this.sessions
      .filter((each) => waitsFor(each) === 'my_answer')
      .map(({ id, title, booking, proposal }) => ({
        id,
        title,
        by: proposal.lapses_at,
        link: `/bookings/${encodeURIComponent(booking.id)}`,
        words: t('mentoring.waits.my_answer', {
          name: firstName(booking),
          when: when(proposal.starts_at, person.zone),
          left: until(proposal.lapses_at, this.now),
        }),
      }))
    const asked = this.requests
      .filter(({ turn }) => turn === 'mentor')
      .map((each) => ({
        id: each.id,
        title: each.title,
        by: each.expires_at,
        link: `/requests/${encodeURIComponent(each.id)}`,
        words: t('mentoring.asked', { name: firstName(each), until: when(each.expires_at, person.zone) }),
      }))
    return [...proposed, ...asked]
      .filter(({ by }) => this.now < Date.parse(by))
      .sort((one, other) => Date.parse(one.by) - Date.parse(other.by))
  },
})
