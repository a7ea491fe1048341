// What a booking is called and what became of it, from where each of its two people stands.
import { t } from '../i18n.js'

// The words for a booking's status.
export const statusWords = (status, viewer) => (viewer === 'mentor' ? t(`hosting.${status}`) : t(`booking.${status}`))

const TONES = { held: 'badge-accent', ahead: 'badge-good', open: 'badge-good', cancelled: 'badge-bad' }

// The badge's kind for a phase of moments.stage.
export const tone = (phase) => TONES[phase] ?? ''

function words(which, name) {
  const text = `${which}_text`
  return { title: t(`outcome.${which}`, { name }), text: t(`outcome.${text}`, { name }) }
}

// How it ended, as {title, text}; null while it has not.
export function outcome({ status, viewer, session }, phase, name) {
  const mentor = viewer === 'mentor'
  if (phase === 'cancelled') {
    const by = status.replace('cancelled_by_', '')
    if (by === 'platform') return words('by_platform', name)
    if (by === viewer) return words('by_you', name)
    return words('by_other', name)
  }
  if (phase === 'lapsed') return words(mentor ? 'lapsed_mentor' : 'lapsed', name)
  if (phase === 'over') return words('over', name)
  if (phase !== 'past') return null
  if (status === 'completed') return words('completed', name)
  if (session.status === 'no_show_both') return words('nobody', name)
  if (session.status === `no_show_${viewer}`) return words('missed', name)
  return words(mentor ? 'alone_mentor' : 'alone_learner', name)
}
