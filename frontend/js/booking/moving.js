// What moving a booking asks of the page: which open times fit, the clock's quarter-hours, and why it cannot be moved.
import { t } from '../i18n.js'
import { clock, offset } from '../time.js'

const QUARTERS = 96
const NIGHT = { from: 22, to: 7 }

// The offering whose open times are as long as the session: the one it was booked by, if it is still there.
export function sameLength(offerings, session) {
  const fitting = offerings.filter((each) => each.duration_minutes === session.duration_minutes)
  return (fitting.find(({ title }) => title === session.title) ?? fitting[0])?.id ?? ''
}

// Every quarter-hour of a clock, as options of a select.
export function quarters() {
  return Array.from({ length: QUARTERS }, (_, n) => {
    const value = new Date(n * 15 * 60_000).toISOString().slice(11, 16)
    return { value, words: clock(`2026-01-01T${value}:00Z`, 'UTC') }
  })
}

// Between ten at night and seven in the morning on the clock of a zone.
export function atNight(start, zone) {
  const moment = Date.parse(start)
  const hour = new Date(moment + offset(zone, moment)).getUTCHours()
  return hour >= NIGHT.from || hour < NIGHT.to
}

// Why no other time can be proposed now, or '' if one can, or could until the session came close.
export function immovable({ can, proposal, reschedules_left: left, propose_until: until }, now) {
  if (proposal) return ''
  if (left === 0) return t('move.moved_twice')
  return can.propose || now > Date.parse(until) ? '' : t('move.not_now')
}
