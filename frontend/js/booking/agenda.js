// A learner's bookings to come, sorted by what they ask for: an answer soon, or only to be there.
import { dateIn } from '../time.js'

const GONE = /^(cancelled|expired|no_show|completed)/

// {held, asked, next, today, later, gone}: holds to confirm, other times to answer, the next session, and the rest.
export function agenda(bookings, now, zone) {
  const held = bookings.filter((each) => each.status === 'held' && now < Date.parse(each.pay_by))
  const firm = bookings.filter((each) => each.status === 'confirmed' && now < Date.parse(each.join.until))
  const asked = firm.filter(({ proposal }) => proposal?.by === 'mentor' && now < Date.parse(proposal.lapses_at))
  const [next = null, ...rest] = firm
  const onDay = ({ session }) => dateIn(zone, new Date(session.starts_at)) === dateIn(zone, new Date(now))
  return {
    held,
    asked,
    next,
    today: rest.filter(onDay),
    later: rest.filter((each) => !onDay(each)),
    gone: bookings.filter((each) => GONE.test(each.status)),
  }
}
