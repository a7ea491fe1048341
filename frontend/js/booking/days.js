// Open times as a person looks for them: by the days of their own zone, and by the part of the day.
import { locale } from '../i18n.js'
import { clock, dateIn, toUtc } from '../time.js'

const QUARTER = 15 * 60_000
const DAY = 24 * 60 * 60_000
const MANY = 8

export const iso = (moment) => new Date(moment).toISOString().replace('.000Z', 'Z')

export const addDays = (date, count) => new Date(Date.parse(date) + count * DAY).toISOString().slice(0, 10)

export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

// The first moment of a calendar day in a zone, even where clocks skip midnight or have it twice.
export function startOfDay(date, zone) {
  const first = ['00:00', '01:00', '02:00'].map((time) => toUtc(date, time, zone)).find(Boolean)
  let moment = Date.parse(first ?? `${date}T00:00:00Z`)
  while (dateIn(zone, moment - QUARTER) === date) moment -= QUARTER
  return iso(moment)
}

// The days from `from` on, `count` of them, each with its open starts.
export function byDay(starts, { from, count, zone }) {
  const days = new Map(Array.from({ length: count }, (_, n) => [addDays(from, n), []]))
  for (const start of starts) days.get(dateIn(zone, new Date(start)))?.push(start)
  return [...days].map(([date, open]) => ({ date, starts: open }))
}

const PARTS = [
  ['morning', 12],
  ['afternoon', 17],
  ['evening', 24],
]

// Up to eight times stand together; more are grouped: [{part, starts}], `part` being '' for the only group.
export function byPart(starts, zone) {
  if (starts.length <= MANY) return [{ part: '', starts }]
  const hours = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' })
  const partOf = (start) => PARTS.find(([, end]) => Number(hours.format(new Date(start))) < end)[0]
  return PARTS.map(([part]) => ({ part, starts: starts.filter((start) => partOf(start) === part) })).filter(
    (each) => each.starts.length,
  )
}

// What each start is called: its time on the clock, and how far from UTC where the clock shows that time twice.
export function named(starts, zone) {
  const words = starts.map((start) => clock(start, zone))
  return starts.map((start, n) => {
    const twice = words.indexOf(words[n]) !== words.lastIndexOf(words[n])
    return { start, words: twice ? `${words[n]} ${offset(start, zone)}` : words[n] }
  })
}

function offset(start, zone) {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
  return format.formatToParts(new Date(start)).find((each) => each.type === 'timeZoneName').value
}

// The months to jump to: this one and as many more, as the dates they begin on, today's month beginning today.
export function months(today, more) {
  const [year, month] = today.split('-').map(Number)
  const firsts = Array.from({ length: more }, (_, n) => iso(Date.UTC(year, month + n, 1)).slice(0, 10))
  return [today, ...firsts]
}

const dateWords = (options) => {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  return (date) => format.format(new Date(date))
}
export const longDay = dateWords({ weekday: 'long', day: 'numeric', month: 'long' })
export const shortDay = dateWords({ day: 'numeric', month: 'short' })
export const weekday = dateWords({ weekday: 'short' })
export const dayNumber = dateWords({ day: 'numeric' })
export const monthName = dateWords({ month: 'long', year: 'numeric' })
