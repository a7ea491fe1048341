// Taking a booking over into the calendar one uses.
import { googleLink, invitationFile, outlookLink } from '../calendar-links.js'
import { t } from '../i18n.js'
import { whoAmI } from '../session.js'

// Part of a page that has `booking`, and `other()` for the person one meets.
export const addingToCalendar = () => ({
  entry() {
    const { id, session } = this.booking
    const room = `${location.origin}/room/${encodeURIComponent(session.id)}`
    const link = `${location.origin}/bookings/${encodeURIComponent(id)}`
    return {
      title: t('to_calendar.entry', { title: session.title, name: this.other().name }),
      starts_at: session.starts_at,
      duration_minutes: session.duration_minutes,
      details: t('to_calendar.details', { link }),
      place: room,
    }
  },
  googleLink() {
    return googleLink(this.entry())
  },
  outlookLink() {
    return outlookLink(this.entry())
  },
  fileLink() {
    return invitationFile(this.booking.id)
  },
  // A sign-in of a quarter of an hour ago is renewed first: a plain link could not.
  async takeFile() {
    await whoAmI({ fresh: true }).catch(() => null)
    location.assign(this.fileLink())
  },
})
