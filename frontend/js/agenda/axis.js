// The hours beside a drawn week, as rows of one minute each. When clocks are put back on one of its days, the hour that
// comes twice has its rows twice, so that nothing lies on what was before or after it.
import { DAY } from '../availability/hours.js'
import { MINUTE } from './days.js'

const HOUR = 60
const NEVER = { at: Infinity, length: 0 }

// Where clocks are put back: the minute `at` which the last `length` minutes come once more.
function repeated(days) {
  for (const { parts } of days.filter((each) => each.parts.length > 1)) {
    const at = endOf(parts[0])
    if (parts[1].minute < at) return { at, length: at - parts[1].minute }
  }
  return NEVER
}

const endOf = ({ from, until, minute }) => minute + (until - from) / MINUTE

export function axisOf(days) {
  const { at, length } = repeated(days)
  const isAgain = (day, part) => part !== day.parts[0] && part.minute < endOf(day.parts[0])

  // The rows of what lies between two wall-clock minutes in one part of a day; other days leave the repeated ones out.
  function rowsIn(day, part, from, to) {
    const [first, last] = [Math.max(from, part.minute), Math.min(to, endOf(part))]
    const rows = isAgain(day, part)
      ? [{ from: first + length, to: last + length }]
      : [
          { from: first, to: Math.min(last, at) },
          { from: Math.max(first, at) + length, to: last + length },
        ]
    return rows.filter((each) => each.from < each.to)
  }

  return {
    total: DAY + length,
    // Each whole hour with its row; the one that comes twice, twice.
    marks: Array.from({ length: DAY / HOUR + 1 }, (_, hour) => hour).flatMap((hour) => {
      const minute = hour * HOUR
      if (minute >= at) return [{ row: minute + length, hour }]
      return [minute, ...(minute >= at - length ? [minute + length] : [])].map((row) => ({ row, hour }))
    }),
    // Rows of wall-clock hours, [from, to] in minutes, of which clocks may skip or repeat some.
    ofHours: (day, spans) =>
      joined(day.parts.flatMap((part) => spans.flatMap(([from, to]) => rowsIn(day, part, from, to)))),
    // The rows from one moment of a day to another.
    ofMoments(day, from, until) {
      const minuteIn = (part, moment) => part.minute + (moment - part.from) / MINUTE
      const rows = day.parts.flatMap((part) => rowsIn(day, part, minuteIn(part, from), minuteIn(part, until)))
      return { from: rows[0].from, to: rows.at(-1).to }
    },
  }
}

// In order, with what touches made one.
export function joined(rows) {
  const whole = []
  for (const { from, to } of [...rows].sort((one, other) => one.from - other.from)) {
    const last = whole.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

// The rows that a day has not got: skipped, or another day's repeated hour.
export function gapsIn(axis, day) {
  const there = axis.ofHours(day, [[0, DAY]])
  const edges = [0, ...there.flatMap(({ from, to }) => [from, to]), axis.total]
  const gaps = []
  for (let n = 0; n < edges.length; n += 2) if (edges[n] < edges[n + 1]) gaps.push({ from: edges[n], to: edges[n + 1] })
  return gaps
}
