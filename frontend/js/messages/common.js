// What two people have in common, looked for among one's own bookings and requests when no page has named it.

const BOOKED = new Set(['held', 'expired'])

// The id of a booking or request with this person among what lists hold; '' if there is none.
export function inCommon(userId, { bookings = [], requests = [] }) {
  const booking = bookings.find(
    ({ status, session, learner }) => !BOOKED.has(status) && (session.mentor.id === userId || learner?.id === userId),
  )
  if (booking) return booking.id
  return requests.find(({ mentor, learner }) => mentor.id === userId || learner.id === userId)?.id ?? ''
}

export async function findCommon(userId, get) {
  const all = (path, query) =>
    get(path, { ...query, limit: 50 }).then(
      ({ items }) => items,
      () => [],
    )
  const [ahead, past, open, closed] = await Promise.all([
    all('/me/bookings', { when: 'upcoming' }),
    all('/me/bookings', { when: 'past' }),
    all('/me/requests', { side: 'learner', state: 'open' }),
    all('/me/requests', { side: 'learner', state: 'closed' }),
  ])
  return inCommon(userId, { bookings: [...ahead, ...past], requests: [...open, ...closed] })
}
