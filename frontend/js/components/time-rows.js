// The rows of times that somebody proposes: added, removed, checked, and read on both people's clocks.
import { api, person } from '../app.js'
import { forBoth } from '../booking/moments.js'
import { quarters } from '../booking/moving.js'
import { blankRow, chosen, MOST_TIMES, momentOf, rowOf, wrongIn } from '../requests/times.js'
import { dateIn } from '../time.js'

const FURTHEST = 180 // days

// Part of a page that has `otherZone()`, `otherName()` and `minutes()`; a row is focused within `x-ref="rows"`.
export const timeRows = () => ({
  rows: [],
  rowErrors: {},
  rowsMade: 0,
  quarters: quarters(),

  startRows(times = []) {
    const rows = times.map((iso) => rowOf(++this.rowsMade, iso, person.zone))
    Object.assign(this, { rows: rows.length ? rows : [blankRow(++this.rowsMade)], rowErrors: {} })
  },
  addRow() {
    const last = this.rows.at(-1)
    const row = { ...blankRow(++this.rowsMade), time: last?.time ?? '' }
    this.rows = [...this.rows, row]
    this.$nextTick(() => this.$refs.rows.querySelector('li:last-child input')?.focus())
  },
  dropRow(row) {
    this.rows = this.rows.filter(({ key }) => key !== row.key)
    this.rowErrors = {}
    this.$nextTick(() => this.$refs.rows.querySelector('li:last-child input')?.focus())
  },
  moreRows() {
    return this.rows.length < MOST_TIMES
  },
  firstDay() {
    return dateIn(person.zone, api.now())
  },
  lastDay() {
    return dateIn(person.zone, api.now() + FURTHEST * 24 * 60 * 60_000)
  },
  rowTimes(row) {
    const moment = momentOf(row, person.zone)
    if (!moment) return []
    return forBoth(moment, this.minutes(), {
      zone: person.zone,
      otherZone: this.otherZone(),
      name: this.otherName(),
    })
  },
  recheckRows() {
    if (Object.keys(this.rowErrors).length) this.checkRows()
  },
  checkRows() {
    this.rowErrors = wrongIn(this.rows, { zone: person.zone, now: api.now(), days: FURTHEST })
    return !Object.keys(this.rowErrors).length
  },
  wantedTimes() {
    return chosen(this.rows, person.zone)
  },
})
