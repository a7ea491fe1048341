// A drawn week in words: its name, its days and what is in them.
import { locale, t } from '../i18n.js'
import { dateWords } from '../availability/days.js'
import { hourWords, hoursWords } from '../availability/words.js'
import { clock, duration } from '../time.js'
import { MINUTE } from './days.js'

const A_DAY = 24 * 60
const weeks = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })

export const weekWords = (dates) =>
  weeks.formatRange(...[dates[0], dates.at(-1)].map((date) => new Date(`${date}T12:00:00Z`)))

export const markWords = ({ hour }) => hourWords(hour % 24)

// A day's name for a narrow column and for everything else, its open hours, and whether its clocks change.
export function dayWords({ date, minutes, ranges }) {
  const name = dateWords(date, { weekday: 'long', day: 'numeric', month: 'long' })
  const change = minutes < A_DAY ? 'agenda.clocks_forward' : 'agenda.clocks_back'
  return {
    name,
    weekday: dateWords(date, { weekday: 'short' }),
    number: dateWords(date, { day: 'numeric' }),
    openWords: ranges.length ? t('agenda.open', { hours: hoursWords(ranges) }) : '',
    change: minutes === A_DAY ? '' : t(change, { day: name, hours: duration(minutes) }),
  }
}

const freeTime = ({ buffer_before_minutes: before, buffer_after_minutes: after }) => {
  if (before && after) return t('agenda.free_both', { before: duration(before), after: duration(after) })
  if (before) return t('agenda.free_before', { before: duration(before) })
  return after ? t('agenda.free_after', { after: duration(after) }) : ''
}

// One entry: when, with whom, how it stands, and the free time kept around it.
export function entryWords(item, zone) {
  const ends = Date.parse(item.starts_at) + item.duration_minutes * MINUTE
  return {
    time: t('agenda.time', { starts: clock(item.starts_at, zone), ends: clock(ends, zone) }),
    who: whoWords(item),
    status: t(`agenda.status.${item.status}`),
    free: freeTime(item),
  }
}

function whoWords({ kind, with: name }) {
  if (!name) return ''
  return kind === 'learning' ? t('agenda.learning_from', { name }) : t('agenda.mentoring_with', { name })
}

// Where an entry leads: the booking if there is one, else the session.
export const entryLink = ({ booking_id: booking, session_id: session }) =>
  booking ? `/bookings/${encodeURIComponent(booking)}` : `/s/${encodeURIComponent(session)}`
