// An availability as the editor holds it: each day, date and time off under a key of its own, numbers as selects have them.
import { inOrder, MOST_RANGES, wrongWith } from './hours.js'
import { isDate, WEEK } from './days.js'
import { t } from '../i18n.js'

const NUMBERS = [
  'buffer_before_minutes',
  'buffer_after_minutes',
  'notice_minutes',
  'horizon_days',
  'start_every_minutes',
]
let made = 0

const keyed = (kind, holder) => ({ key: `${kind}-${++made}`, ...holder })
const copies = (ranges) => ranges.map(({ from, to }) => ({ from, to }))
const text = (number) => (number === null ? '' : String(number))

export const newDate = (date, ranges) => keyed('date', { date, ranges: copies(ranges) })
export const newTimeOff = (from, to) => keyed('off', { from, to })

// What has passed by `today` is left out: the server forgets it, too.
export function editable(availability, today = '') {
  const { weekly, overrides, blackouts, daily_most: most, away, away_until: until } = availability
  return {
    days: WEEK.map((day) => ({ key: day, ranges: copies(weekly[day] ?? []) })),
    dates: overrides.filter(({ date }) => date >= today).map(({ date, ranges }) => newDate(date, ranges)),
    off: blackouts.filter(({ to }) => to >= today).map(({ from, to }) => newTimeOff(from, to)),
    ...Object.fromEntries(NUMBERS.map((name) => [name, text(availability[name])])),
    daily_most: text(most),
    away,
    away_until: until ?? '',
  }
}

// As the API takes it; `version` is the one that was read.
export function sent(values, version) {
  return {
    version,
    weekly: Object.fromEntries(values.days.map(({ key, ranges }) => [key, inOrder(ranges)])),
    overrides: datesInOrder(values.dates, 'date').map(({ date, ranges }) => ({ date, ranges: inOrder(ranges) })),
    blackouts: datesInOrder(values.off, 'from').map(({ from, to }) => ({ from, to })),
    ...Object.fromEntries(NUMBERS.map((name) => [name, Number(values[name])])),
    daily_most: values.daily_most === '' ? null : Number(values.daily_most),
    away: values.away,
    away_until: (values.away && values.away_until) || null,
  }
}

const datesInOrder = (holders, field) => [...holders].sort((a, b) => a[field].localeCompare(b[field]))

// Whether two would be saved as the same.
export const fingerprint = (values) => JSON.stringify(sent(values, 0))

// What is wrong, by the key of the day, date or time off, or the field's name.
export function errorsIn(values, today) {
  const found = {}
  for (const { key, ranges } of [...values.days, ...values.dates]) {
    const wrong = wrongWith(ranges)
    if (wrong) found[key] = t(`availability.wrong.${wrong}`, { most: MOST_RANGES })
  }
  values.dates.forEach(({ key, date }, index) => {
    if (!isDate(date)) found[key] = t('check.date')
    else if (date < today) found[key] = t('availability.wrong.past')
    else if (values.dates.findIndex((each) => each.date === date) < index) found[key] = t('availability.wrong.twice')
  })
  for (const { key, from, to } of values.off) {
    if (!isDate(from) || !isDate(to)) found[key] = t('availability.wrong.dates')
    else if (to < from) found[key] = t('availability.wrong.ends_first')
    else if (to < today) found[key] = t('availability.wrong.past')
  }
  if (values.away && values.away_until && values.away_until < today) found.away_until = t('availability.wrong.past')
  return found
}

const PLACES = ['weekly', 'overrides', 'blackouts', 'daily_most', 'away', 'away_until', ...NUMBERS]

// The list that a day, date or time off stands in, by its key: an error of the whole list goes with any change of it.
export const listOf = (key) => ({ date: 'overrides', off: 'blackouts' })[key.split('-')[0]] ?? 'weekly'

// The server's refusals, `weekly.mon`, `overrides.2026-03-02` or `blackouts[0].to`, as {errors by the keys they have
// here, rest: words for places that are not on the page}.
export function refused(fields, values) {
  const ordered = { overrides: datesInOrder(values.dates, 'date'), blackouts: datesInOrder(values.off, 'from') }
  const [errors, rest] = [{}, []]
  for (const [field, words] of Object.entries(fields)) {
    const [list, at] = field.split(/[.[\]]+/)
    const holder = at && ordered[list]?.find(({ date }, index) => date === at || String(index) === at)
    const key = list === 'weekly' && WEEK.includes(at) ? at : holder?.key || list
    if (holder || WEEK.includes(key) || PLACES.includes(key)) errors[key] = words
    else rest.push(words)
  }
  return { errors, rest }
}
