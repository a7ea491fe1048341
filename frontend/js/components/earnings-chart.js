// The chart of a year: bars one can walk over with the arrow keys, or the same figures as a table.
import { chartOf, isEmpty, totals } from '../earnings/chart.js'
import { monthName, narrowMonth, shortMonth } from '../earnings/months.js'
import { inColumn, short, sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'

const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

export const earningsChart = () => ({
  shape: 'bars', // or table
  chosenMonth: '',
  inColumn,
  short,
  name: monthName,
  narrow: narrowMonth,
  shortName: shortMonth,

  get chart() {
    return chartOf(this.earnings.months)
  },
  get empty() {
    return isEmpty(this.earnings.months)
  },
  get all() {
    return totals(this.earnings.months)
  },
  // The latest first, where a table is read from.
  get rows() {
    return [...this.earnings.months].reverse()
  },
  // The month that the arrow keys walk from: the latest, until another was chosen.
  get at() {
    const months = this.earnings.months.map(({ month }) => month)
    return months.includes(this.chosenMonth) ? this.chosenMonth : months.at(-1)
  },
  get chosen() {
    return this.chart.months.find(({ month }) => month === this.at)
  },
  said(each) {
    return t('earnings.month_words', {
      month: shortMonth(each.month),
      earned: sum(each.earned_paise),
      refunded: sum(each.refunded_paise),
      paid_out: sum(each.paid_out_paise),
    })
  },
  turn() {
    this.shape = this.shape === 'bars' ? 'table' : 'bars'
  },
  choose(month) {
    this.chosenMonth = month
  },
  move(event) {
    const months = this.earnings.months.map(({ month }) => month)
    const edge = { Home: 0, End: months.length - 1 }[event.key]
    const step = STEPS[event.key]
    if (step === undefined && edge === undefined) return
    event.preventDefault()
    const next = edge ?? Math.min(months.length - 1, Math.max(0, months.indexOf(this.at) + step))
    this.choose(months[next])
    this.$nextTick(() => this.$root.querySelector(`[data-month="${months[next]}"]`)?.focus())
  },
})
