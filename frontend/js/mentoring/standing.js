// How one of a mentor's sessions stands, and what may be done with it now.
import { dateIn } from '../time.js'

const TAKEN = new Set(['booked', 'live'])
const EDITABLE = new Set(['open', 'held', 'booked'])
const LAST_WORD = 5 * 60_000 // its words may be changed until then
const BADGES = {
  live: 'badge-live',
  booked: 'badge-good',
  completed: 'badge-good',
  open: 'badge-tint',
  held: 'badge-accent',
  no_show_learner: 'badge-bad',
  no_show_mentor: 'badge-bad',
  no_show_both: 'badge-bad',
}

export const badgeOf = ({ status }) => BADGES[status] ?? ''

// Begun yesterday and still going on is today, too.
export const isToday = ({ starts_at: at }, zone, now) => dateIn(zone, new Date(at)) <= dateIn(zone, now)

// The room can be entered, or gone live in.
export const isRoomOpen = ({ booking, status, live_from: from, until }, now) =>
  Boolean(booking) && TAKEN.has(status) && now >= Date.parse(from) && now <= Date.parse(until)

// Booked, and the room is not open yet.
export const isAhead = ({ status, live_from: from }, now) => status === 'booked' && now < Date.parse(from)

export const mayEdit = ({ status, starts_at: at }, now) => EDITABLE.has(status) && now < Date.parse(at) - LAST_WORD

// Nobody has it; kept for the next who waits is not having it yet.
export const mayWithdraw = ({ status, booking }) => status === 'open' || (status === 'held' && !booking)

// A request's words are the learner's.
export const mayClone = ({ origin }) => origin !== 'request'

// Whose answer it waits for: '', the learner's who holds it, a waiter's, or one to a proposed time, mine or theirs.
export function waitsFor({ status, booking, proposal }) {
  if (status === 'held') return booking ? 'learner' : 'waiter'
  if (!proposal || status !== 'booked') return ''
  return proposal.by === 'learner' ? 'my_answer' : 'their_answer'
}

export const detailsLink = ({ id, booking }) =>
  booking ? `/bookings/${encodeURIComponent(booking.id)}` : `/s/${encodeURIComponent(id)}`
