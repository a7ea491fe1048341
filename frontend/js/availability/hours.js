// One day's open hours: ranges of wall-clock time on the quarter-hour grid, {from: '09:00', to: '17:00'}; '24:00' ends a day.
export const STEP = 15
export const DAY = 24 * 60
export const MOST_RANGES = 6
const OFFICE = { from: '09:00', to: '17:00' }
const PAUSE = 60
const PROPOSED = 120

const two = (number) => String(number).padStart(2, '0')

export const minutesOf = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

export const clockOf = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

const spansOf = (ranges) =>
  ranges.map(({ from, to }) => [minutesOf(from), minutesOf(to)]).sort(([a, b], [c, d]) => a - c || b - d)

const rangesOf = (spans) => spans.map(([from, to]) => ({ from: clockOf(from), to: clockOf(to) }))

// In order, with what overlaps or touches made one.
export function merged(spans) {
  const whole = []
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    const last = whole.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else whole.push([from, to])
  }
  return whole
}

export const isOpen = (ranges, minute) => spansOf(ranges).some(([from, to]) => from <= minute && minute < to)

// The hours with [from, to) open as well.
export const painted = (ranges, from, to) => rangesOf(merged([...spansOf(ranges), [from, to]]))

// The hours with [from, to) closed.
export function erased(ranges, from, to) {
  const left = merged(spansOf(ranges)).flatMap(([begin, end]) => [
    [begin, Math.min(end, from)],
    [Math.max(begin, to), end],
  ])
  return rangesOf(left.filter(([begin, end]) => begin < end))
}

// What "Add hours" proposes: office hours, else some time after a pause, else what is left anywhere; null when nothing is.
export function proposed(ranges) {
  if (!ranges.length) return { ...OFFICE }
  if (ranges.length >= MOST_RANGES) return null
  const taken = merged(spansOf(ranges))
  const end = taken.at(-1)[1]
  if (end + PAUSE < DAY) return rangesOf([[end + PAUSE, Math.min(DAY, end + PAUSE + PROPOSED)]])[0]
  const edges = [[0, 0], ...taken, [DAY, DAY]]
  const gaps = edges.slice(1).map(([from], index) => [edges[index][1], from])
  const [from, to] = gaps.reduce((widest, gap) => (gap[1] - gap[0] > widest[1] - widest[0] ? gap : widest))
  return from < to ? rangesOf([[from, Math.min(to, from + PROPOSED)]])[0] : null
}

// What cannot be saved about a day's hours: '', 'too_many', 'reversed' or 'overlapping'.
export function wrongWith(ranges) {
  if (ranges.length > MOST_RANGES) return 'too_many'
  const spans = spansOf(ranges)
  if (spans.some(([from, to]) => from >= to)) return 'reversed'
  return spans.some(([from], index) => index && from < spans[index - 1][1]) ? 'overlapping' : ''
}

// A range with one end set; the other gives way, as long as before if it can be, when they would cross.
export function edged(range, end, clock) {
  const next = { ...range, [end]: clock }
  const [from, to] = [minutesOf(next.from), minutesOf(next.to)]
  if (from < to) return next
  const length = Math.max(STEP, minutesOf(range.to) - minutesOf(range.from))
  return end === 'from'
    ? { ...next, to: clockOf(Math.min(DAY, from + length)) }
    : { ...next, from: clockOf(Math.max(0, to - length)) }
}

export const inOrder = (ranges) => rangesOf(spansOf(ranges))

export const total = (ranges) => merged(spansOf(ranges)).reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0)

// Where a range stands on a day drawn from top to bottom or left to right, in per cent.
export function placed({ from, to }) {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  return { start: `${(begin / DAY) * 100}%`, size: `${(Math.max(0, end - begin) / DAY) * 100}%` }
}
