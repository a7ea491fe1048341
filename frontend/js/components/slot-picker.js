// A mentor's open times, a week at a glance: a day, then a time of it. What is chosen is always in sight.
import { api, person } from '../app.js'
import * as days from '../booking/days.js'
import { forBoth } from '../booking/moments.js'
import { t, tn } from '../i18n.js'
import { browserZone, clock, cityOf, dateIn, day, sameClocks } from '../time.js'

const { addDays, byDay, byPart, daysBetween, iso, longDay, months, named, startOfDay } = days

const WEEK = 7
const FETCHED = 28
const MORE_MONTHS = 6

const dateOf = (start) => dateIn(person.zone, new Date(start))
const PARTS = { morning: 'slots.morning', afternoon: 'slots.afternoon', evening: 'slots.evening' }

// `ask(from, until)` -> {starts, next, duration_minutes, zone}; `name()` is whose times they are. Both see the component.
export const slotPicker = ({ ask, name }) => ({
  slots: 'loading', // loading -> ready, turning (another week comes), none (nothing is open) or failed
  slotsProblem: '',
  slotTurn: 0,
  starts: [],
  nextStart: null,
  firstOpen: '', // the soonest there is, once known
  fetchedFrom: '',
  slotZone: null,
  slotMinutes: 0,
  today: '',
  from: '',
  week: [],
  date: '',
  parts: [],
  chosen: '',
  monthsAhead: [],

  // Everything anew; `wanted` is chosen if it is open, else the soonest. True if what was wanted is chosen.
  async openSlots(wanted = '') {
    this.today = dateIn(person.zone, api.now())
    this.monthsAhead = months(this.today, MORE_MONTHS).map((value) => ({ value, words: days.monthName(value) }))
    Object.assign(this, { slots: 'loading', fetchedFrom: '', chosen: '', slotsProblem: '' })
    const first = wanted && dateOf(wanted) > this.today ? dateOf(wanted) : this.today
    await this.showFrom(first, wanted)
    return !wanted || this.chosen === wanted
  },

  // The week with a date in it, or the first one after it that has something open.
  async showFrom(date, wanted = '') {
    const turn = ++this.slotTurn
    if (this.slots === 'ready') this.slots = 'turning'
    try {
      await this.fetchWeek(date, turn)
      if (turn === this.slotTurn && !this.firstFrom(date) && this.nextStart) {
        await this.fetchWeek(dateOf(this.nextStart), turn)
      }
      if (turn !== this.slotTurn) return
      const open = this.starts.includes(wanted) ? wanted : this.firstFrom(date)
      this.show(this.weekOf(open ? dateOf(open) : date), open)
    } catch (error) {
      if (turn === this.slotTurn) Object.assign(this, { slots: 'failed', slotsProblem: error.message })
    }
  },

  firstFrom(date) {
    return this.starts.find((start) => dateOf(start) >= date)
  },

  weekOf(date) {
    return addDays(this.today, Math.floor(daysBetween(this.today, date) / WEEK) * WEEK)
  },

  async fetchWeek(date, turn) {
    const from = this.weekOf(date)
    const known = this.fetchedFrom && from >= this.fetchedFrom && from < addDays(this.fetchedFrom, FETCHED)
    if (known) return
    const begin = Math.max(api.now(), Date.parse(startOfDay(from, person.zone)))
    const until = startOfDay(addDays(from, FETCHED), person.zone)
    const found = await ask.call(this, iso(Math.floor(begin / 1000) * 1000), until)
    if (turn !== this.slotTurn) return
    if (from === this.today) this.firstOpen = found.starts[0] ?? found.next ?? ''
    Object.assign(this, {
      starts: found.starts,
      nextStart: found.next,
      fetchedFrom: from,
      slotZone: found.zone,
      slotMinutes: found.duration_minutes,
    })
  },

  show(from, start = '') {
    const week = byDay(this.starts, { from, count: WEEK, zone: person.zone })
    this.from = from
    this.week = week.map((each) => ({
      ...each,
      weekday: days.weekday(each.date),
      number: days.dayNumber(each.date),
      words: this.dayWords(each.date),
      label: tn('slots.day', each.starts.length, { day: this.dayWords(each.date) }),
    }))
    this.slots = this.starts.length || this.nextStart || from > this.today ? 'ready' : 'none'
    this.choose(start || week.find((each) => each.starts.length)?.starts[0] || '')
  },

  dayWords(date) {
    if (date === this.today) return t('slots.today', { day: longDay(date) })
    if (date === addDays(this.today, 1)) return t('slots.tomorrow', { day: longDay(date) })
    return longDay(date)
  },

  choose(start) {
    this.chosen = start
    this.showDay(start ? dateOf(start) : '')
  },

  chooseDay(date) {
    const open = this.week.find((each) => each.date === date)?.starts
    if (open?.length) this.choose(open[0])
  },

  showDay(date) {
    this.date = date
    const open = this.week.find((each) => each.date === date)?.starts ?? []
    const names = new Map(named(open, person.zone).map((each) => [each.start, each]))
    this.parts = byPart(open, person.zone).map(({ part, starts }) => ({
      part,
      words: part ? t(PARTS[part]) : '',
      times: starts.map((start) => names.get(start)),
    }))
  },

  // One week on or back, whether anything is open in it or not.
  async turnWeek(step) {
    if (this.slots !== 'ready') return
    const from = addDays(this.from, step * WEEK)
    const turn = ++this.slotTurn
    this.slots = 'turning'
    try {
      await this.fetchWeek(from, turn)
      if (turn === this.slotTurn) this.show(from)
    } catch (error) {
      if (turn === this.slotTurn) Object.assign(this, { slots: 'failed', slotsProblem: error.message })
    }
  },

  // The first open start after the week shown, as far as is known.
  later() {
    if (!this.from) return null
    const end = addDays(this.from, WEEK)
    return this.firstFrom(end) ?? this.nextStart
  },

  laterWords() {
    return this.later() ? t('slots.jump', { day: longDay(dateOf(this.later())) }) : ''
  },

  toLater() {
    return this.showFrom(dateOf(this.later()))
  },

  // The month, of those to jump to, that the day in sight lies in.
  monthShown() {
    const at = (this.date || this.from).slice(0, 7)
    return this.monthsAhead.findLast(({ value }) => value.slice(0, 7) <= at)?.value
  },

  weekWords() {
    if (!this.from) return ''
    return t('slots.week', { from: days.shortDay(this.from), to: days.shortDay(addDays(this.from, WEEK - 1)) })
  },

  // "Soonest: Tue 24 Nov, 7:00 pm": what the button would take, and that nobody has chosen it yet.
  startWords() {
    if (!this.chosen) return ''
    const words = { day: day(this.chosen, person.zone), clock: clock(this.chosen, person.zone) }
    return t(this.chosen === this.firstOpen ? 'slots.soonest' : 'slots.chosen', words)
  },

  // This device goes by other clocks than the account.
  isElsewhere() {
    return person.state === 'someone' && !sameClocks(browserZone(), person.zone, api.now())
  },

  zoneWords() {
    const words = { zone: person.zone, city: cityOf(browserZone()) }
    return t(this.isElsewhere() ? 'slots.elsewhere' : 'slots.zone', words)
  },

  // The chosen time in the viewer's zone and in the mentor's.
  bothZones() {
    if (!this.chosen) return []
    const facts = { zone: person.zone, otherZone: this.slotZone, name: name.call(this) }
    return forBoth(this.chosen, this.slotMinutes, facts)
  },
})
