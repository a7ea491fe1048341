// Links by which other calendars take a session, `{ title, starts_at, duration_minutes, details, place }`, or all of them.
const MINUTE = 60_000

// Outlook shows the + that URLSearchParams would write for a space.
const address = (base, values) => {
  const given = Object.entries(values).filter(([, value]) => value)
  return `${base}?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
const utc = (moment) => new Date(moment).toISOString().replace(/\.\d{3}Z$/, 'Z')
const bounds = ({ starts_at: start, duration_minutes: minutes }) => [
  utc(start),
  utc(Date.parse(start) + minutes * MINUTE),
]

export function googleLink(session) {
  const dates = bounds(session)
    .map((each) => each.replace(/[-:]/g, ''))
    .join('/')
  return address('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: session.title,
    dates,
    details: session.details,
    location: session.place,
  })
}

export function outlookLink(session) {
  const [startdt, enddt] = bounds(session)
  return address('https://outlook.live.com/calendar/0/deeplink/compose', {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: session.title,
    startdt,
    enddt,
    body: session.details,
    location: session.place,
  })
}

// The file for every other calendar; only the booking's two people get it.
export const invitationFile = (bookingId) => `/api/bookings/${encodeURIComponent(bookingId)}/invite.ics`

// A feed by its address: `webcal` is what calendar programs on phones and computers open by themselves.
const program = (url) => url.replace(/^https?:/, 'webcal:')

export const subscriptions = (url) => ({
  program: program(url),
  google: `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(program(url))}`,
  outlook: address('https://outlook.live.com/calendar/0/addfromweb', { url, name: 'PeerLearn' }),
})
