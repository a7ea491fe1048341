// Up to three times being proposed: rows of a date and a quarter-hour, by the clock on the writer's wall.
import { t } from '../i18n.js'
import { dateIn, offset, toUtc } from '../time.js'

export const MOST_TIMES = 3
const DAY = 24 * 60 * 60_000

export const blankRow = (key) => ({ key, date: '', time: '' })

export function rowOf(key, iso, zone) {
  const moment = Date.parse(iso)
  const time = new Date(moment + offset(zone, moment)).toISOString().slice(11, 16)
  return { key, date: dateIn(zone, new Date(moment)), time }
}

// The moment that a row means, or '' while it means none.
export const momentOf = ({ date, time }, zone) => (date && time && toUtc(date, time, zone)) || ''

export const isBlank = ({ date, time }) => !date && !time

// The moments of all rows that say one, in order.
export const chosen = (rows, zone) =>
  rows
    .map((row) => momentOf(row, zone))
    .filter(Boolean)
    .sort()

// What is wrong with each row, by its key; rows left blank are passed over, if there is another.
export function wrongIn(rows, { zone, now, days }) {
  const wrong = {}
  const seen = new Set()
  const filled = rows.filter((row) => !isBlank(row))
  for (const row of filled.length ? filled : rows.slice(0, 1)) {
    const moment = momentOf(row, zone)
    const words = faultOf(row, moment, { now, days }) || (seen.has(moment) ? t('ask.twice') : '')
    if (words) wrong[row.key] = words
    seen.add(moment)
  }
  return wrong
}

function faultOf({ date, time }, moment, { now, days }) {
  if (!date) return t('check.date')
  if (!time) return t('check.time')
  if (!moment) return t('check.skipped_hour')
  if (Date.parse(moment) <= now) return t('check.future')
  return Date.parse(moment) - now > days * DAY ? t('ask.too_far', { days }) : ''
}
