// A session that is there already, in the wizard: what may still be changed of it, and the changes to send.
import { sent, typed } from '../pitch/pitch.js'
import { dateIn, offset } from '../time.js'
import { startsAt } from './steps.js'

const EDITABLE = new Set(['open', 'held', 'booked'])
const LAST_WORD = 5 * 60_000

export const isEditable = ({ viewer, status, starts_at: at }, now) =>
  viewer === 'mentor' && EDITABLE.has(status) && now < Date.parse(at) - LAST_WORD

// Once somebody has taken it, or is about to, its price stands, and its time is moved by agreement only.
export const isLocked = ({ status }) => status !== 'open'

export function inForm(session, zone) {
  const at = Date.parse(session.starts_at)
  const time = new Date(at + offset(zone, at)).toISOString().slice(11, 16)
  return { ...typed(session), date: dateIn(zone, at), time }
}

// The same words for another time.
export const copied = (session) => ({ ...typed(session), date: '', time: '' })

// Only what is different.
export function changes(values, session, zone) {
  const now = { ...sent(values), starts_at: startsAt(values, zone) }
  const was = { ...session, starts_at: new Date(session.starts_at).toISOString().replace('.000Z', 'Z') }
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => !same(value, was[name])))
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

const FROZEN = ['date', 'time', 'duration_minutes', 'price']

// Somebody else changed it meanwhile: what is there now, with what was changed here on top, as far as it still may be.
export function merged(values, old, fresh, zone) {
  const before = inForm(old, zone)
  const mine = Object.entries(values).filter(([name, value]) => !same(value, before[name]))
  const still = isLocked(fresh) ? mine.filter(([name]) => !FROZEN.includes(name)) : mine
  return { ...inForm(fresh, zone), ...Object.fromEntries(still) }
}
