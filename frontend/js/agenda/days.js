// A day as it passes in a zone: when it begins and ends, and what its clocks show meanwhile, also when they are changed.
import { dateIn, offset } from '../time.js'
import { plusDays } from '../availability/days.js'

export const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

// The first moment of a date; not always midnight, for clocks may skip or repeat that.
export function dawnOf(zone, date) {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const offsets = [offset(zone, midnight - DAY), offset(zone, midnight + DAY)].sort((a, b) => b - a)
  return offsets.map((each) => midnight - each).find((moment) => dateIn(zone, moment) === date)
}

// {date, starts, ends, minutes, parts}: in each part clocks run on from `minute`; a day on which they change has two.
export function dayOf(zone, date) {
  const [starts, ends] = [dawnOf(zone, date), dawnOf(zone, plusDays(date, 1))]
  const change = offset(zone, starts) === offset(zone, ends - MINUTE) ? ends : changeIn(zone, starts, ends)
  const part = (from, until) => ({ from, until, minute: minuteAt(zone, from) })
  const parts = change < ends ? [part(starts, change), part(change, ends)] : [part(starts, ends)]
  return { date, starts, ends, minutes: (ends - starts) / MINUTE, parts }
}

const minuteAt = (zone, moment) => ((moment + offset(zone, moment)) % DAY) / MINUTE

// The minute at which a zone's offset becomes another one.
function changeIn(zone, starts, ends) {
  const before = offset(zone, starts)
  let [least, most] = [0, (ends - starts) / MINUTE]
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (offset(zone, starts + middle * MINUTE) === before) least = middle
    else most = middle
  }
  return starts + most * MINUTE
}
