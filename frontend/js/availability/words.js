// An availability in words: its hours, its rules, and where two versions of it differ.
import { locale, t, tn } from '../i18n.js'
import { clock, duration } from '../time.js'
import { dateWords, weekdayWords } from './days.js'

const A_DAY = 24 * 60
const DATE = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }

export const timeWords = (wall) => clock(`2000-01-01T${wall}:00Z`, 'UTC')

const hours = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' })
export const hourWords = (hour) => hours.format(new Date(Date.UTC(2000, 0, 1, hour)))

export const rangeWords = ({ from, to }) => t('availability.range', { from: timeWords(from), to: timeWords(to) })

export const hoursWords = (ranges) => ranges.map(rangeWords).join(', ') || t('availability.closed')

export const dayWords = (date) => dateWords(date, DATE)

export const offWords = ({ from, to }) =>
  from === to ? dayWords(from) : t('availability.range', { from: dayWords(from), to: dayWords(to) })

const length = (minutes) => {
  if (!minutes) return t('availability.none')
  return minutes % A_DAY ? duration(minutes) : tn('availability.days', minutes / A_DAY)
}

// Each rule: the choices a select offers, and how one of them is said.
export const RULES = {
  buffer_before_minutes: { choices: range(0, 120, 15), words: length },
  buffer_after_minutes: { choices: range(0, 120, 15), words: length },
  notice_minutes: { choices: [0, 60, 120, 240, 480, 720, 1440, 2880, 4320, 10080], words: length },
  horizon_days: { choices: [7, 14, 30, 60, 90, 120, 180], words: (days) => tn('availability.days', days) },
  daily_most: {
    choices: ['', ...range(1, 20, 1)],
    words: (most) => (most ? String(most) : t('availability.no_limit')),
  },
  start_every_minutes: { choices: [15, 30, 60], words: duration },
}

function range(least, most, step) {
  return Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step)
}

const said = (rule, value) => RULES[rule].words(value === '' || value === null ? '' : Number(value))

// The options of a rule's select; a value that is not among the usual ones is offered, too.
export function optionsOf(rule, own) {
  const usual = RULES[rule].choices.map(String)
  const all = usual.includes(String(own)) ? usual : [...usual, String(own)].sort((a, b) => a - b)
  return all.map((value) => ({ value, words: said(rule, value) }))
}

export const awayWords = ({ away, away_until: until }) => {
  if (!away) return t('availability.not_away')
  return until ? t('availability.away_until', { date: dayWords(until) }) : t('availability.away_open')
}

// Where two versions, as the API has them, differ: [{place, mine, theirs}] in words.
export function differences(mine, theirs) {
  const found = []
  const note = (place, ours, others) => ours !== others && found.push({ place, mine: ours, theirs: others })
  for (const day of Object.keys(mine.weekly))
    note(weekdayWords(day), hoursWords(mine.weekly[day]), hoursWords(theirs.weekly[day] ?? []))
  const [own, others] = [mine, theirs].map(
    ({ overrides }) => new Map(overrides.map((each) => [each.date, each.ranges])),
  )
  const usual = t('availability.as_usual')
  const on = (dates, date) => (dates.has(date) ? hoursWords(dates.get(date)) : usual)
  for (const date of [...new Set([...own.keys(), ...others.keys()])].sort())
    note(dayWords(date), on(own, date), on(others, date))
  const off = ({ blackouts }) => blackouts.map(offWords).join(', ') || t('availability.none')
  note(t('availability.time_off'), off(mine), off(theirs))
  for (const rule of Object.keys(RULES).filter((each) => mine[each] !== theirs[each]))
    found.push({ place: t(`availability.${rule}`), mine: said(rule, mine[rule]), theirs: said(rule, theirs[rule]) })
  note(t('availability.vacation'), awayWords(mine), awayWords(theirs))
  return found
}
