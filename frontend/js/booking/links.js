// Where a booking's time, or another like it, can be had, and where it is paid.
import { sameLength } from './moving.js'

// Where a hold leads: to be paid, or, for nothing, to be confirmed.
export function holdLink({ id, price_paise: price }) {
  return `/${price ? 'checkout' : 'bookings'}/${encodeURIComponent(id)}`
}

// The mentor's open times, with what was booked chosen already; `at` is a time to choose, too.
export function againLink({ session }, offerings = [], at = '') {
  const offering = sameLength(offerings, session)
  const query = new URLSearchParams({ ...(offering && { offering }), ...(at && { at }) }).toString()
  return `/m/${encodeURIComponent(session.mentor.slug)}${query && `?${query}`}`
}

// This very time: a published session's own page, or the mentor's open times at it.
export function timesLink(booking, offerings = []) {
  const { origin, session } = booking
  if (origin === 'published') return `/s/${encodeURIComponent(session.id)}`
  return againLink(booking, offerings, session.starts_at)
}
