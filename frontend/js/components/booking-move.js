// Asking for another time: the learner among the mentor's open times, else by the clock; and answering such a wish.
import { api, person } from '../app.js'
import { forBoth } from '../booking/moments.js'
import { quarters, sameLength } from '../booking/moving.js'
import { t } from '../i18n.js'
import { dateIn, toUtc } from '../time.js'
import { slotPicker } from './slot-picker.js'
import { toast } from './toasts.js'

const HOUR = 60 * 60_000
const LEAD = HOUR // the other side has until an hour before to answer
const FURTHEST = 180 * 24 * HOUR

const picker = slotPicker({
  async ask(from, until) {
    const path = `/mentors/${encodeURIComponent(this.booking.session.mentor.slug)}/slots`
    const found = await api.get(path, { offering_id: this.moveOffering, from, until })
    const early = api.now() + LEAD
    return { ...found, starts: found.starts.filter((start) => Date.parse(start) > early) }
  },
  name() {
    return this.firstName()
  },
})

// Part of a page that has `booking`, `asked` (the mentor's page, being fetched), `path(move)`, `take(view)`, `act(…)`,
// `refresh()` and a dialog `move`.
export const moving = () => ({
  ...picker,
  moveState: 'asking', // asking -> sending, and back with words in `moveProblem`
  moveProblem: '',
  moveBy: 'clock', // or times: among the open ones of `moveOffering`
  moveOffering: '',
  moveDate: '',
  moveTime: '',
  quarters: [],

  openMove() {
    const { viewer, origin } = this.booking
    this.moveBy = viewer === 'learner' && origin !== 'request' ? 'times' : 'clock'
    Object.assign(this, {
      moveState: 'asking',
      moveProblem: '',
      moveTime: '',
      moveDate: '',
      slots: 'loading',
      chosen: '',
    })
    this.quarters = quarters()
    this.$refs.move.showModal()
    if (this.moveBy === 'times') this.openTimes()
  },
  async openTimes() {
    const mentor = await this.asked
    this.moveOffering = mentor && !mentor.away ? sameLength(mentor.offerings, this.booking.session) : ''
    if (this.moveOffering) this.openSlots()
    else this.byTheClock()
  },
  byTheClock() {
    this.moveBy = 'clock'
  },
  firstDay() {
    return dateIn(person.zone, api.now())
  },
  lastDay() {
    return dateIn(person.zone, api.now() + FURTHEST)
  },
  // The time that is wished for, as a moment; '' until there is one.
  wished() {
    if (this.moveBy === 'times') return this.chosen
    return (this.moveDate && this.moveTime && toUtc(this.moveDate, this.moveTime, person.zone)) || ''
  },
  wishedForBoth() {
    return this.wished() ? this.forBoth(this.wished()) : []
  },
  forBoth(start) {
    const facts = { zone: person.zone, otherZone: this.otherZone(), name: this.firstName() }
    return forBoth(start, this.booking.session.duration_minutes, facts)
  },

  async propose() {
    if (this.moveState === 'sending') return
    if (!this.wished()) {
      this.moveProblem = t(this.moveDate && this.moveTime ? 'check.skipped_hour' : 'move.choose')
      return
    }
    Object.assign(this, { moveState: 'sending', moveProblem: '' })
    try {
      this.take(await api.post(this.path('/proposal'), { starts_at: this.wished() }))
      this.$refs.move.close()
      toast(t('move.sent', { name: this.firstName() }))
      this.focusOn('proposal')
    } catch (error) {
      this.moveProblem = error.fields?.starts_at ?? error.message
      await this.refresh()
    }
    this.moveState = 'asking'
  },
  accept() {
    const { starts_at } = this.booking.proposal // what was read is what is agreed to
    return this.act('accept', () => api.post(this.path('/proposal/accept'), { starts_at }), t('move.accepted'))
  },
  decline() {
    return this.act('drop', () => api.remove(this.path('/proposal')), t('move.declined'))
  },
  withdraw() {
    return this.act('drop', () => api.remove(this.path('/proposal')), t('move.withdrawn'))
  },
})
