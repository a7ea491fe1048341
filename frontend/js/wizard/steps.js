// The four steps of describing a session: what is asked where, and where what is wrong can be mended.
import { problems, required } from '../checks.js'
import { t } from '../i18n.js'
import { CHECKS, SHOWN_AT } from '../pitch/pitch.js'
import { toUtc } from '../time.js'

export const LAST = 4
const FIELDS = {
  1: ['title', 'description', 'domain', 'topics'],
  2: ['date', 'time', 'duration_minutes'],
  3: ['price'],
  4: [],
}
const ALL = { ...CHECKS, date: required('check.date'), time: required('check.time') }

// Refusals about the mentor's own day, which name no field.
const ABOUT_TIME = new Set(['time_taken', 'day_full'])

const checksOf = (step) => Object.fromEntries(FIELDS[step].filter((each) => ALL[each]).map((each) => [each, ALL[each]]))

export const startsAt = ({ date, time }, zone) => (date && time ? toUtc(date, time, zone) : null)

// What is wrong at one step. A start that stands already (`kept`) may be past; a new one may not.
export function wrongAt(step, values, { zone, now, kept = null }) {
  const found = problems(checksOf(step), values)
  if (step !== 2 || found.date || found.time) return found
  const at = startsAt(values, zone)
  if (!at) return { ...found, time: t('check.skipped_hour') }
  return at !== kept && Date.parse(at) <= now ? { ...found, date: t('check.future') } : found
}

// The first step at which something is wrong, or null.
export function firstWrong(values, about) {
  const wrong = [1, 2, 3].find((step) => Object.keys(wrongAt(step, values, about)).length)
  return wrong ?? null
}

const stepOf = (field) => Number(Object.keys(FIELDS).find((step) => FIELDS[step].includes(field))) || null

// The server's refusal: the step that can mend it, and its words under the fields shown there.
export function refusal({ code, fields = {} }) {
  const errors = Object.fromEntries(
    Object.entries(fields).map(([field, words]) => [
      field === 'starts_at' ? 'time' : (SHOWN_AT[field] ?? field).replace(/\[.*/, ''),
      words,
    ]),
  )
  const steps = Object.keys(errors).map(stepOf).filter(Boolean)
  return { step: ABOUT_TIME.has(code) ? 2 : Math.min(LAST, ...steps), errors }
}
