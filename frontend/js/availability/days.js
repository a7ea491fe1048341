// Days of the calendar as YYYY-MM-DD, with no time and no zone; weeks begin on Monday.
import { locale } from '../i18n.js'

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY = 86_400_000
const MONDAY = '2001-01-01'

const noon = (date) => new Date(`${date}T12:00:00Z`)

export const plusDays = (date, days) => new Date(noon(date).getTime() + days * DAY).toISOString().slice(0, 10)

const since = (date) => Math.round((noon(date) - noon(MONDAY)) / DAY)

export const weekdayOf = (date) => WEEK[((since(date) % 7) + 7) % 7]

export const mondayOf = (date) => plusDays(date, -WEEK.indexOf(weekdayOf(date)))

export const weekOf = (date) => WEEK.map((_, index) => plusDays(mondayOf(date), index))

export const isDate = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(noon(text).getTime()) && plusDays(text, 0) === text

const formats = new Map()
export function dateWords(date, options) {
  const key = JSON.stringify(options)
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }))
  return formats.get(key).format(noon(date))
}

// "Monday", or "Mon".
export const weekdayWords = (day, weekday = 'long') => dateWords(plusDays(MONDAY, WEEK.indexOf(day)), { weekday })
