// Times as a person reads them: in their zone, and named.
import { locale, t, tn } from './i18n.js'

// Browsers still say some cities' former names.
const RENAMED = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Europe/Kiev': 'Europe/Kyiv',
}
const today = (zone) => RENAMED[zone] ?? zone

export const browserZone = () => today(Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Kolkata')

// Every zone to choose from, as options of a select; `own` is among them even if this browser does not know it.
export function zones(own) {
  const known = Intl.supportedValuesOf?.('timeZone') ?? []
  const all = [...new Set([...known.map(today), 'UTC', browserZone(), own].filter(Boolean))].sort()
  return all.map((value) => ({ value, words: value.replaceAll('_', ' ') }))
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const formats = new Map()
function format(zone, options) {
  const key = zone + JSON.stringify(options)
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }))
  return formats.get(key)
}

// The year is named only when it is another one.
export function day(iso, zone, now = Date.now()) {
  const same = dateIn(zone, new Date(iso)).slice(0, 4) === dateIn(zone, now).slice(0, 4)
  return format(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(same ? {} : { year: 'numeric' }),
  }).format(new Date(iso))
}

export const clock = (iso, zone) => format(zone, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso))

// "IST" where the zone has letters of its own here, else its city: "New York time".
export function zoneName(zone, iso) {
  const parts = format(zone, { timeZoneName: 'short' }).formatToParts(iso ? new Date(iso) : new Date())
  const short = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
  if (/^[A-Z]{3,5}$/.test(short)) return short
  return t('time.of_city', { city: cityOf(zone) })
}

export const cityOf = (zone) => zone.split('/').pop().replaceAll('_', ' ')

export const when = (iso, zone) =>
  t('time.when', { day: day(iso, zone), clock: clock(iso, zone), zone: zoneName(zone, iso) })

export function span(iso, minutes, zone) {
  const end = new Date(Date.parse(iso) + minutes * MINUTE)
  return t('time.span', { start: clock(iso, zone), end: clock(end, zone), zone: zoneName(zone, iso) })
}

export function duration(minutes) {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (!hours) return t('time.minutes', { minutes })
  return rest ? t('time.hours_minutes', { hours, minutes: rest }) : tn('time.hours', hours)
}

// How long until a moment, as precisely as it matters.
export function until(iso, now) {
  const left = Date.parse(iso) - now
  if (left <= 0) return t('time.now')
  if (left > 1.5 * DAY) return tn('time.in_days', Math.round(left / DAY))
  if (left >= HOUR)
    return t('time.in_hours', { hours: Math.floor(left / HOUR), minutes: Math.floor((left % HOUR) / MINUTE) })
  const seconds = String(Math.floor((left % MINUTE) / 1000)).padStart(2, '0')
  return t('time.in_minutes', { minutes: Math.floor(left / MINUTE), seconds })
}

// The calendar day, as YYYY-MM-DD, that a moment falls on in a zone.
export function dateIn(zone, moment) {
  const parts = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment)
  const part = (type) => parts.find((each) => each.type === type).value
  return `${part('year')}-${part('month')}-${part('day')}`
}

// Wall-clock date and time in a zone -> the moment in UTC; null for a time that clocks skip that day.
export function toUtc(date, time, zone) {
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall)) return null
  let moment = wall - offset(zone, wall)
  moment = wall - offset(zone, moment)
  return moment + offset(zone, moment) === wall ? new Date(moment).toISOString().replace('.000Z', 'Z') : null
}

// How far a zone's clocks are ahead of UTC at a moment.
export function offset(zone, moment) {
  const options = { hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' }
  const parts = format(zone, { ...options, hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(
    moment,
  )
  const part = (type) => Number(parts.find((each) => each.type === type).value)
  const seen = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return seen - Math.floor(moment / 1000) * 1000
}

// Whether the clocks of two zones agree, now and half a year on.
export const sameClocks = (one, other, now) =>
  [now, now + 182 * DAY].every((moment) => offset(one, moment) === offset(other, moment))

// Whole years of age on a day.
export function age(birthDate, today) {
  const [year, month, date] = birthDate.split('-').map(Number)
  const [nowYear, nowMonth, nowDate] = today.split('-').map(Number)
  return nowYear - year - (nowMonth < month || (nowMonth === month && nowDate < date) ? 1 : 0)
}
