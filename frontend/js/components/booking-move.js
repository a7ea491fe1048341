// Asking for another time: the learner among the mentor's open times, else by the clock; and answering such a wish.
import { api, person } from '../app.js'
import { forBoth } from '../booking/moments.js'
import { atNight, quarters, sameLength } from '../booking/moving.js'
import { t } from '../i18n.js'
import { rowOf } from '../requests/times.js'
import { dateIn, toUtc } from '../time.js'
import { focusSoon } from './focus.js'
import { slotPicker } from './slot-picker.js'
import { toast } from './toasts.js'

const HOUR = 60 * 60_000
const LEAD = HOUR // the other side has until an hour before to answer
const FURTHEST = 180 * 24 * HOUR

const picker = slotPicker({
  async ask(from, until) {
    const path = `/mentors/${encodeURIComponent(this.booking.session.mentor.slug)}/slots`
    const { id, session } = this.booking
    const found = await api.get(path, { offering_id: this.moveOffering, booking_id: id, from, until })
    const early = api.now() + LEAD
    const other = (start) => start !== session.starts_at && Date.parse(start) > early
    return { ...found, starts: found.starts.filter(other) }
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
  settled: null, // {height, words}: how the proposal ended that stood here, and the room that it took

  openMove() {
    const { viewer, origin } = this.booking
    this.moveBy = viewer === 'learner' && origin !== 'request' ? 'times' : 'clock'
    const { date, time } = rowOf('', this.booking.session.starts_at, person.zone)
    Object.assign(this, { moveState: 'asking', moveProblem: '', moveOffering: '', slots: 'loading', chosen: '' })
    Object.assign(this, { moveDate: date, moveTime: time }) // what is to be changed, to be changed
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
    Object.assign(this, { moveBy: 'clock', moveProblem: '' })
    focusSoon(this.root, 'moveDate')
  },
  byTheTimes() {
    Object.assign(this, { moveBy: 'times', moveProblem: '' })
  },
  // There are open times to go back to.
  hasTimes() {
    return Boolean(this.moveOffering) && this.slots !== 'none'
  },
  // One's own earlier proposal stands: another takes its place.
  replacing() {
    return this.booking.proposal?.by === this.booking.viewer
  },
  // On whose clock the time one names lies in the night.
  nightWords() {
    if (this.moveBy !== 'clock' || !this.wished()) return []
    const other = this.otherZone()
    return [
      ...(atNight(this.wished(), person.zone) ? [t('move.night_yours')] : []),
      ...(other && atNight(this.wished(), other) ? [t('move.night_theirs', { name: this.firstName() })] : []),
    ]
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

  fault() {
    if (this.wished() === this.booking.session.starts_at) return t('move.same')
    if (this.wished()) return ''
    return t(this.moveDate && this.moveTime ? 'check.skipped_hour' : 'move.choose')
  },
  async propose() {
    if (this.moveState === 'sending') return
    this.moveProblem = this.fault()
    if (this.moveProblem) return
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
  settling(booking) {
    const moved = booking.session.starts_at !== this.booking.session.starts_at
    const height = this.root.querySelector('[x-ref="proposal"]')?.offsetHeight ?? 0
    return { height, words: t(moved ? 'move.settled_moved' : 'move.settled_stays') }
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
