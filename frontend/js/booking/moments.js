// What the clock makes of a booking: its stage, what is left of a hold, and when it is for both people.
import { t } from '../i18n.js'
import { clock, dateIn, day, span } from '../time.js'

const GONE = new Set(['cancelled_by_learner', 'cancelled_by_mentor', 'cancelled_by_platform'])
const PAST = new Set(['completed', 'no_show'])

// held, lapsed; ahead, open (the room is), over (not yet settled), past; cancelled.
export function stage({ status, pay_by: payBy, join }, now) {
  if (GONE.has(status)) return 'cancelled'
  if (PAST.has(status)) return 'past'
  if (status === 'expired') return 'lapsed'
  if (status === 'held') return payBy && now >= Date.parse(payBy) ? 'lapsed' : 'held'
  if (now >= Date.parse(join.until)) return 'over'
  return now >= Date.parse(join.waiting_from) ? 'open' : 'ahead'
}

// "14:59", and never less than nothing.
export function remaining(until, now) {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
  const two = (number) => String(number).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

// How far the server's clock is ahead of this machine's.
export const ahead = (serverTime, now) => Date.parse(serverTime) - now

const words = (start, minutes, zone) => t('slots.when', { day: day(start, zone), span: span(start, minutes, zone) })
const reading = (start, zone) => `${dateIn(zone, new Date(start))} ${clock(start, zone)}`

// One line for each of two people's zones, a single one where their clocks agree or only one is known: [{whose, words}].
export function forBoth(start, minutes, { zone, otherZone, name }) {
  const own = words(start, minutes, zone)
  if (!otherZone) return [{ whose: t('slots.your_time'), words: own }]
  if (reading(start, zone) === reading(start, otherZone)) {
    return [{ whose: t('slots.both_times', { name }), words: own }]
  }
  return [
    { whose: t('slots.your_time'), words: own },
    { whose: t('slots.their_time', { name }), words: words(start, minutes, otherZone) },
  ]
}
