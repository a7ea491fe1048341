// Which hours of which days are open, as the clocks of any zone show it: asked for each quarter-hour, so that it is right
// on the days when clocks change, in the mentor's zone or in the other.
import { offset } from '../time.js'
import { plusDays, weekdayOf } from './days.js'
import { clockOf, DAY, merged, minutesOf, STEP } from './hours.js'

const MINUTE = 60_000
const WHOLE_DAY = DAY * MINUTE
const FARTHEST = 15 * 60 * MINUTE // no zone is farther from UTC than this

// The mentor's own hours on a date: a blackout closes it, an override stands in for its weekday.
export function hoursOn({ weekly, overrides, blackouts }, date) {
  if (blackouts.some(({ from, to }) => from <= date && date <= to)) return []
  return (overrides.find((each) => each.date === date) ?? { ranges: weekly[weekdayOf(date)] ?? [] }).ranges
}

export const isAway = ({ away, away_until: until }, date) => away && (!until || date <= until)

// Moment -> {date, minute} on the clocks of a zone; the zone's offset is looked up twice a day, oftener when it changes.
export function clocksOf(zone) {
  const known = new Map()
  const within = (day) => {
    if (!known.has(day)) {
      const [first, last] = [offset(zone, day * WHOLE_DAY), offset(zone, (day + 1) * WHOLE_DAY)]
      known.set(day, first === last ? first : null)
    }
    return known.get(day)
  }
  return (moment) => {
    const wall = moment + (within(Math.floor(moment / WHOLE_DAY)) ?? offset(zone, moment))
    return { date: new Date(wall).toISOString().slice(0, 10), minute: (wall % WHOLE_DAY) / MINUTE }
  }
}

// Each of `dates` in `zone` with its open ranges; `availability.zone` is the mentor's own.
export function openIn(zone, availability, dates) {
  const [there, here] = [clocksOf(zone), clocksOf(availability.zone)]
  const found = new Map(dates.map((date) => [date, []]))
  const isOpen = opening(availability)
  const end = Date.parse(plusDays(dates.at(-1), 1)) + FARTHEST
  for (let moment = Date.parse(dates[0]) - FARTHEST; moment < end; moment += STEP * MINUTE) {
    const { date, minute } = there(moment)
    if (!found.has(date)) continue
    const own = here(moment)
    if (isOpen(own.date, own.minute)) found.get(date).push([minute, minute + STEP])
  }
  return dates.map((date) => ({ date, ranges: rangesOf(found.get(date)) }))
}

const rangesOf = (spans) => merged(spans).map(([from, to]) => ({ from: clockOf(from), to: clockOf(Math.min(to, DAY)) }))

function opening(availability) {
  const spans = new Map()
  return (date, minute) => {
    if (!spans.has(date)) {
      const ranges = hoursOn(availability, date)
      spans.set(
        date,
        ranges.map(({ from, to }) => [minutesOf(from), minutesOf(to)]),
      )
    }
    return spans.get(date).some(([from, to]) => from <= minute && minute < to)
  }
}
