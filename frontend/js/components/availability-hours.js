// Editing the hours of a weekday or a date, each a holder of `ranges`: by lists, and for the week by painting.
import { WEEK } from '../availability/days.js'
import {
  clockOf,
  DAY,
  edged,
  erased,
  isOpen,
  minutesOf,
  painted,
  placed,
  proposed,
  STEP,
} from '../availability/hours.js'
import { createPainting } from '../availability/painting.js'
import { hourWords, rangeWords, timeWords } from '../availability/words.js'

const QUARTERS = Array.from({ length: DAY / STEP + 1 }, (_, n) => clockOf(n * STEP))

let options = null
function optionsOf(end) {
  options ??= QUARTERS.map((clock) => new Option(timeWords(clock), clock))
  return (end === 'from' ? options.slice(0, -1) : options.slice(1)).map((each) => each.cloneNode(true))
}

// A select of quarter-hours; a hundred of them are made faster by hand than from a template.
export const clockSelect = (end) => ({
  init() {
    this.$el.append(...optionsOf(end))
  },
})

// The hours beside a drawn day, every other one.
export const hourMarks = (first = 0, last = 24, step = 2) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, n) => first + n * step).map((hour) => ({
    top: `${((hour - first) / (last - first)) * 100}%`,
    words: hourWords(hour),
  }))

export const hoursEditing = () => ({
  hourMarks: hourMarks(),
  setEdge(holder, index, end, clock) {
    this.setRanges(
      holder,
      holder.ranges.map((range, n) => (n === index ? edged(range, end, clock) : range)),
    )
  },
  addRange(holder) {
    this.setRanges(holder, [...holder.ranges, proposed(holder.ranges)])
    this.focusIn(holder, `[data-range="${holder.ranges.length - 1}"] select`)
  },
  removeRange(holder, index) {
    this.setRanges(
      holder,
      holder.ranges.filter((_, n) => n !== index),
    )
    this.focusIn(holder, '[data-add]')
  },
  setRanges(holder, ranges) {
    holder.ranges = ranges
    this.recheck(holder.key)
  },
  full: (holder) => !proposed(holder.ranges),
  focusIn(holder, selector) {
    this.$nextTick(() => this.$root.querySelector(`[data-holder="${holder.key}"] ${selector}`)?.focus())
  },
})

// The week as columns one can paint on: from closed hours it opens, from open ones it closes.
export const weekPainter = () => ({
  area: null, // what is being painted
  init() {
    this.stop = createPainting(this.$el, { show: (area) => (this.area = area), paint: (area) => this.paint(area) })
  },
  destroy() {
    this.stop()
  },
  opens({ began }) {
    const day = this.values.days[WEEK.indexOf(began.days[0])]
    return !isOpen(day.ranges, minutesOf(began.from))
  },
  paint(area) {
    const change = this.opens(area) ? painted : erased
    for (const day of this.values.days.filter(({ key }) => area.days.includes(key)))
      this.setRanges(day, change(day.ranges, minutesOf(area.from), minutesOf(area.to)))
  },
  covers(day) {
    return this.area && this.area.days.includes(day.key) ? [this.area] : []
  },
  at(range) {
    const { start, size } = placed(range)
    return { top: start, height: size }
  },
  words: rangeWords,
})
