// A mentor's week: sessions on both sides with the free time around them, and the hours that are open.
import { api, start } from '../app.js'
import { ticking } from '../components/clock.js'
import { mentorPage } from '../components/mentor-page.js'
import { dayOf } from '../agenda/days.js'
import { percent, weekDrawn } from '../agenda/week.js'
import { dayWords, entryLink, entryWords, markWords, weekWords } from '../agenda/words.js'
import { isDate, mondayOf, plusDays, weekOf } from '../availability/days.js'
import { dateIn, zoneName } from '../time.js'
import { t, tn } from '../i18n.js'

const page = mentorPage(['sessions', 'bookings', 'availability'])
const iso = (moment) => new Date(moment).toISOString().replace('.000Z', 'Z')

const calendarPage = () => ({
  ...page,
  ...ticking(),
  zone: '',
  monday: '',
  week: 'fetching', // fetching -> ready, or failed with words in `problem`
  turns: 0,
  availability: null,
  drawn: null,

  init() {
    this.startClock()
    this.fromAddress = () => this.stage === 'ready' && this.show(this.asked())
    addEventListener('popstate', this.fromAddress)
    return page.init.call(this)
  },
  destroy() {
    this.stopClock()
    removeEventListener('popstate', this.fromAddress)
    page.destroy.call(this)
  },
  async fetchAll(me) {
    this.zone = me.zone
    this.monday = this.asked()
    await this.fetchWeek()
    if (this.week === 'failed') throw new Error(this.problem)
  },
  follow() {
    return this.fetchWeek({ quiet: true })
  },

  get today() {
    return dateIn(this.zone, this.now)
  },
  get thisWeek() {
    return mondayOf(this.today)
  },
  asked() {
    const date = new URLSearchParams(location.search).get('week')
    return isDate(date) ? mondayOf(date) : this.thisWeek
  },
  turn(weeks) {
    this.show(weeks ? plusDays(this.monday, weeks * 7) : this.thisWeek)
    history.pushState(null, '', this.monday === this.thisWeek ? location.pathname : `?week=${this.monday}`)
  },
  show(monday) {
    this.monday = monday
    this.drawn = null
    return this.fetchWeek()
  },

  // What an earlier, slower answer says of another week is dropped.
  async fetchWeek({ quiet = false } = {}) {
    const turn = ++this.turns
    if (!quiet) this.week = 'fetching'
    const dates = weekOf(this.monday)
    const between = { from: iso(dayOf(this.zone, dates[0]).starts), until: iso(dayOf(this.zone, dates[6]).ends) }
    try {
      const [{ items }, availability] = await Promise.all([
        api.get('/me/calendar', between),
        api.get('/me/availability'),
      ])
      if (turn === this.turns) this.draw(dates, items, availability)
    } catch (error) {
      if (turn !== this.turns || (quiet && this.week === 'ready')) return
      Object.assign(this, { week: 'failed', problem: error.message })
    }
  },
  draw(dates, items, availability) {
    const { zone, today } = this
    const drawn = weekDrawn({ zone, dates, items, availability, today })
    const piece = (each) => ({
      ...each,
      ...entryWords(each.item, zone),
      key: each.item.session_id + each.item.kind,
      link: entryLink(each.item),
    })
    this.drawn = {
      ...drawn,
      count: items.length,
      marks: drawn.marks.map((mark) => ({ ...mark, words: markWords(mark) })),
      days: drawn.days.map((day) => ({ ...day, ...dayWords(day), pieces: day.pieces.map(piece) })),
    }
    this.week = 'ready'
  },

  get weekName() {
    return weekWords(weekOf(this.monday))
  },
  get said() {
    if (this.week !== 'ready') return ''
    const sessions = this.drawn.count ? tn('agenda.count', this.drawn.count) : t('agenda.nothing')
    return t('agenda.said', { week: this.weekName, sessions })
  },
  get zoneWords() {
    return t('agenda.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  get changes() {
    return this.drawn ? this.drawn.days.filter(({ change }) => change) : []
  },
  isToday(day) {
    return day.date === this.today
  },
  // The line that says now, if it is in what is shown of the day.
  nowIn(day) {
    const { first, last, rowAt } = this.drawn
    if (!this.isToday(day)) return []
    const row = rowAt(day, this.now)
    return row >= first && row <= last ? [percent({ from: row, to: row }, first, last)] : []
  },
})

start({ calendarPage })
