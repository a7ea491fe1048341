// A week of open hours as somebody in another zone sees it.
import { api } from '../app.js'
import { dateWords, mondayOf, plusDays, weekOf } from '../availability/days.js'
import { placed } from '../availability/hours.js'
import { sent } from '../availability/editing.js'
import { openIn } from '../availability/week.js'
import { hoursWords } from '../availability/words.js'
import { browserZone, dateIn, zones } from '../time.js'
import { t } from '../i18n.js'

const ELSEWHERE = ['America/New_York', 'Europe/London']

export const preview = () => ({
  other: '',
  monday: '',
  zoneOptions: [],
  init() {
    const known = browserZone()
    this.other = known === this.zone ? ELSEWHERE.find((each) => each !== this.zone) : known
    this.zoneOptions = zones(this.other)
    this.monday = this.thisWeek
  },
  get thisWeek() {
    return mondayOf(dateIn(this.zone, api.now()))
  },
  get rows() {
    const hours = { ...sent(this.values, 0), zone: this.zone }
    return openIn(this.other, hours, weekOf(this.monday)).map(({ date, ranges }) => ({
      date,
      name: dateWords(date, { weekday: 'short', day: 'numeric', month: 'short' }),
      words: hoursWords(ranges),
      bars: ranges.map(placed),
    }))
  },
  get weekName() {
    const short = (date) => dateWords(date, { day: 'numeric', month: 'short' })
    return t('availability.range', { from: short(this.monday), to: short(plusDays(this.monday, 6)) })
  },
  turn(weeks) {
    this.monday = plusDays(this.monday, weeks * 7)
  },
})
