// The words after the call, or instead of it, and where to go from there; pure.
import { t } from '../i18n.js'

const TOLD = /^(no_show_\w+|cancelled)$/

/** Whose session it was, as far as we know. */
function about({ entry, about }) {
  if (!entry) return about ?? { role: '', name: '', booking: null, price: 0 }
  return { role: entry.role, name: entry.peer.name, booking: entry.booking_id, price: entry.session.price_paise }
}

/** {heading, text, home, booking}: where to go from here; `booking` is '' where there is none. */
export function ending(state) {
  const { phase, why, outcome } = state
  const { role, name, booking, price } = about(state)
  const more = booking ? `/bookings/${encodeURIComponent(booking)}` : ''
  const known = phase === 'ended' && TOLD.test(outcome) && role
  const key = known ? `${outcome}-${role}` : `${phase}-${why}`
  const values = { name: name || t('room.outcome.your_learner') }
  const words = (which) => (known ? t(`room.outcome.${which}`, values) : t(`room.end.${which}`))
  const text = words(`${key}-text`)
  const heading = words(`${key}-heading`)
  return {
    heading,
    text: known && price ? paid(key, text) : text,
    home: role === 'mentor' ? '/mentor' : '/dashboard',
    booking: more,
  }
}

const MONEY = {
  'no_show_learner-mentor': () => t('room.outcome.money.paid'),
  'no_show_learner-learner': () => t('room.outcome.money.kept'),
  'no_show_mentor-learner': () => t('room.outcome.money.back'),
  'no_show_both-learner': () => t('room.outcome.money.back'),
}

const paid = (key, words) => (MONEY[key] ? `${words} ${MONEY[key]()}` : words)
