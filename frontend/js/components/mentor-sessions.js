// A list of a mentor's own sessions with what can be done: go live, withdraw; all else is a link.
import { api, person } from '../app.js'
import {
  badgeOf,
  detailsLink,
  isAhead,
  isRoomOpen,
  isToday,
  mayClone,
  mayEdit,
  mayWithdraw,
  waitsFor,
} from '../mentoring/standing.js'
import { roomLink } from '../show.js'
import { clock, until, when } from '../time.js'
import { t } from '../i18n.js'
import { ticking } from './clock.js'
import { liveFeed } from './live-feed.js'
import { failed, toast } from './toasts.js'

const page = (part) => (cursor, limit) => api.get('/me/sessions', { when: part, cursor, limit })
const path = (session) => encodeURIComponent(session.id)

export const mentorSessions = (part) => {
  const list = liveFeed(page(part), 'sessions')
  return {
    ...list,
    ...ticking(),
    going: null, // the session we are going live with
    leaving: null, // the one that is to be withdrawn
    withdrawing: 'no', // no -> yes
    badge: badgeOf,
    details: detailsLink,
    mayClone,
    mayWithdraw,
    waitsFor,
    init() {
      this.startClock()
      return list.init.call(this)
    },
    destroy() {
      this.stopClock()
      list.destroy.call(this)
    },
    shown(which) {
      if (which === 'past') return this.items
      return this.items.filter((each) => isToday(each, person.zone, this.now) === (which === 'today'))
    },
    // All of today's are known once a later one is.
    isWhole(which) {
      return which !== 'today' || !this.next || this.shown('upcoming').length > 0
    },
    open(session) {
      return isRoomOpen(session, this.now)
    },
    mayEdit(session) {
      return mayEdit(session, this.now)
    },
    startWords(session) {
      if (session.status === 'live' || session.status === 'cancelled') return ''
      if (this.now >= Date.parse(session.starts_at)) return t('mentoring.begun')
      return t('mentoring.starts', { left: until(session.starts_at, this.now) })
    },
    liveWords(session) {
      return isAhead(session, this.now)
        ? t('mentoring.live_from', { clock: clock(session.live_from, person.zone) })
        : ''
    },
    waitingWords(session) {
      const name = session.booking?.learner.name
      const { proposal } = session
      if (waitsFor(session) === 'learner')
        return t('mentoring.waits.learner', { name, left: until(session.booking.pay_by, this.now) })
      if (waitsFor(session) === 'waiter') return t('mentoring.waits.waiter')
      if (!proposal) return ''
      const times = { name, when: when(proposal.starts_at, person.zone), left: until(proposal.lapses_at, this.now) }
      return waitsFor(session) === 'my_answer'
        ? t('mentoring.waits.my_answer', times)
        : t('mentoring.waits.their_answer', times)
    },
    status: (session) => t(`status.${session.status}`),
    origin: (session) => t(`mentoring.origin.${session.origin}`),
    room: (session) => roomLink(session.id),

    async goLive(session) {
      if (this.going) return
      this.going = session.id
      try {
        await api.post(`/rooms/${path(session)}/live`)
        location.assign(roomLink(session.id))
      } catch (error) {
        this.going = null
        failed(error)
        this.load({ quiet: true })
      }
    },

    askToWithdraw(session) {
      this.leaving = session
      this.$refs.withdraw.showModal()
    },
    async withdraw() {
      if (this.withdrawing === 'yes') return
      this.withdrawing = 'yes'
      try {
        await api.post(`/sessions/${path(this.leaving)}/withdraw`)
        toast(t('mentoring.withdrawn', { title: this.leaving.title }))
      } catch (error) {
        failed(error)
      }
      this.$refs.withdraw.close()
      this.withdrawing = 'no'
      await this.load({ quiet: true })
    },
  }
}
