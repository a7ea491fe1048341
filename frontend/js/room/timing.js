// The session's time by the server's clock: how much is left, when that is worth saying, and until when one may go on. Pure.

const MINUTE = 60_000
export const GRACE_MS = 10 * MINUTE // the room closes so long after the scheduled end
export const ABSENCE_MS = 10 * MINUTE // whoever is not there so long after the start did not come
const WARNED_AT = [10, 5, 1, 0].map((minutes) => minutes * MINUTE)
const EXTENDED_FROM = 15 * MINUTE
const MOST_EXTENSIONS = 2

export const startOf = (entry) => Date.parse(entry.session.starts_at)
export const endOf = (entry) => Date.parse(entry.ends_at)
export const closingOf = (entry) => endOf(entry) + GRACE_MS

/** The minutes between the start and the end. */
export const minutesOf = (startsAt, endsAt) => Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE)

/** Each warning once; what is left when one comes late is said as it is. An extension begins anew. */
export function createWarnings() {
  let end = 0
  let said = 0
  return (entry, now) => {
    if (end !== endOf(entry)) {
      end = endOf(entry)
      said = 0
    }
    const left = end - now
    const due = WARNED_AT.filter((mark) => left <= mark).length
    if (due <= said || left <= -GRACE_MS) return null
    said = due
    return left > 0 ? { word: 'left', minutes: Math.ceil(left / MINUTE) } : { word: 'over' }
  }
}

/** '' | may | asked (by us) | wanted (by the other) | spent: what can be done about going on for longer. */
export function extensionWord({ entry, peer }, now) {
  const underWay = entry.session.status === 'live' && now >= startOf(entry) && now < closingOf(entry)
  if (!underWay) return ''
  if (entry.extension_asked_by) return entry.extension_asked_by === entry.role ? 'asked' : 'wanted'
  if (!peer.here || endOf(entry) - now > EXTENDED_FROM) return ''
  return entry.extended < MOST_EXTENSIONS ? 'may' : 'spent'
}

/** Whether somebody who comes, or has not come, at this moment is too late. */
export const isAbsence = (entry, moment) => moment >= startOf(entry) + ABSENCE_MS
