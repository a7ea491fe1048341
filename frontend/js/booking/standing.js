// How a session stands to whoever looks at it: what they can do with it now.
const ENDED = new Set(['completed', 'no_show_learner', 'no_show_mentor', 'no_show_both', 'cancelled', 'expired'])

// mine, over, booked, offered, open, waiting or taken.
export function standing(session, now) {
  const { viewer, status, starts_at: startsAt, duration_minutes: minutes, offered_until: until } = session
  if (viewer === 'mentor') return 'mine'
  if (ENDED.has(status) || Date.parse(startsAt) + minutes * 60_000 < now) return 'over'
  if (viewer === 'learner') return 'booked'
  if (Date.parse(startsAt) <= now || status === 'live') return 'over'
  if (viewer === 'offered' && now < Date.parse(until)) return 'offered'
  if (status === 'open') return 'open'
  return viewer === 'waiting' ? 'waiting' : 'taken'
}
