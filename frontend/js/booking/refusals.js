// Why a time could not be had, in words that say what to do next. Where the server knows more, its own words stand.
import { t } from '../i18n.js'

const WORDS = {
  slot_taken: 'refused.slot_taken',
  session_not_open: 'refused.slot_taken',
  day_full: 'refused.day_full',
  too_soon: 'refused.too_soon',
  too_far: 'refused.too_far',
  away: 'refused.away',
  not_offered: 'refused.not_offered',
  has_hold: 'refused.has_hold',
  email_unverified: 'refused.email_unverified',
  own_session: 'refused.own_session',
}

// After these, the list of times that was shown is old.
export const STALE = new Set([
  'slot_taken',
  'session_not_open',
  'day_full',
  'too_soon',
  'too_far',
  'away',
  'not_offered',
])

export const refusalWords = (code, message = '') => (WORDS[code] ? t(WORDS[code]) : message)
