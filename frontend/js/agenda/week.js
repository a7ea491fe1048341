// A week as it is drawn: its days with open hours, and what is booked, each piece at its place in per cent.
import { hoursOn, isAway } from '../availability/week.js'
import { minutesOf } from '../availability/hours.js'
import { axisOf, gapsIn } from './axis.js'
import { dayOf, MINUTE } from './days.js'
import { inLanes } from './lanes.js'

const USUAL = { from: 8 * 60, to: 18 * 60 } // what is shown of a week in which nothing is

// The hours one can be booked at on a date from today on; [] on all others.
export const opened = (availability, date, today) =>
  date < today || isAway(availability, date) ? [] : hoursOn(availability, date)

// The parts of the entries, as the API has them, that lie on a day; free time before and after belongs to them.
export function piecesOn(day, items) {
  return items.flatMap((item) => {
    const starts = Date.parse(item.starts_at)
    const ends = starts + item.duration_minutes * MINUTE
    const whole = { from: starts - item.buffer_before_minutes * MINUTE, to: ends + item.buffer_after_minutes * MINUTE }
    const [from, to] = [Math.max(whole.from, day.starts), Math.min(whole.to, day.ends)]
    if (from >= to || ends <= day.starts || starts >= day.ends) return []
    return [{ item, from, to, starts: Math.max(starts, from), ends: Math.min(ends, to), goesOn: starts < day.starts }]
  })
}

// {days, marks, hours, first, last}: rows from `first` to `last` are shown, all that have something in them.
export function weekDrawn({ zone, dates, items, availability, today }) {
  const days = dates.map((date) => dayOf(zone, date))
  const axis = axisOf(days)
  const filled = days.map((day) => {
    const ranges = opened(availability, day.date, today)
    const spans = ranges.map(({ from, to }) => [minutesOf(from), minutesOf(to)])
    const pieces = inLanes(
      piecesOn(day, items).map((piece) => ({ ...piece, rows: axis.ofMoments(day, piece.from, piece.to) })),
    )
    return { ...day, ranges, open: axis.ofHours(day, spans), gaps: gapsIn(axis, day), pieces }
  })
  const { first, last } = shown(axis.marks, filled)
  const at = (rows) => percent(rows, first, last)
  return {
    first,
    last,
    hours: (last - first) / 60,
    marks: axis.marks
      .filter(({ row }) => first <= row && row <= last)
      .map(({ row, hour }) => ({ hour, top: at({ from: row, to: row }).top })),
    days: filled.map((day) => ({
      ...day,
      open: day.open.map(at),
      gaps: day.gaps.map((rows) => at(clipped(rows, first, last))).filter(({ height }) => height !== '0%'),
      pieces: day.pieces.map((piece) => ({
        ...piece,
        ...at(piece.rows),
        ...beside(piece),
        ...within(day, axis, piece),
      })),
    })),
    rowAt: (day, moment) => axis.ofMoments(day, moment, moment + MINUTE).from,
  }
}

function shown(marks, days) {
  const rows = days.flatMap(({ open, pieces }) => [...open, ...pieces.map((piece) => piece.rows)])
  const least = Math.min(USUAL.from, ...rows.map(({ from }) => from))
  const most = Math.max(USUAL.to, ...rows.map(({ to }) => to))
  return {
    first: marks.findLast(({ row }) => row <= least).row,
    last: marks.find(({ row }) => row >= most).row,
  }
}

const clipped = ({ from, to }, first, last) => ({
  from: Math.max(from, first),
  to: Math.max(Math.max(from, first), Math.min(to, last)),
})

const share = (part, whole) => `${Number(((part / whole) * 100).toFixed(3))}%`

export const percent = ({ from, to }, first, last) => ({
  top: share(from - first, last - first),
  height: share(to - from, last - first),
})

const beside = ({ lane, lanes }) => ({ left: share(lane, lanes), width: share(1, lanes) })

// Where in its piece the session itself lies, between the free time before and after.
function within(day, axis, { starts, ends, rows }) {
  const own = axis.ofMoments(day, starts, ends)
  const whole = rows.to - rows.from
  return { before: share(own.from - rows.from, whole), after: share(rows.to - own.to, whole) }
}
