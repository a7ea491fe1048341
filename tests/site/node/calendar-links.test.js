import assert from 'node:assert/strict'
import { test } from 'node:test'
import { googleLink, invitationFile, outlookLink, subscriptions } from '../../../frontend/js/calendar-links.js'

const session = {
  title: 'Quarters, halves & wholes + more',
  starts_at: '2026-12-31T23:30:00Z',
  duration_minutes: 75,
  details: 'With Meera\nhttps://peerlearn.example/bookings/bkg_1',
  place: 'https://peerlearn.example/room/ses_1',
}
const read = (link) => Object.fromEntries(new URL(link).searchParams)

test('Google is told the same moments, in UTC, over the end of a year', () => {
  const asked = read(googleLink(session))
  assert.equal(asked.dates, '20261231T233000Z/20270101T004500Z')
  assert.equal(asked.action, 'TEMPLATE')
  assert.equal(asked.text, session.title)
  assert.equal(asked.details, session.details)
  assert.equal(asked.location, session.place)
})

test('Outlook is told the same, and sees no plus signs for spaces', () => {
  const link = outlookLink(session)
  const asked = read(link)
  assert.equal(asked.startdt, '2026-12-31T23:30:00Z')
  assert.equal(asked.enddt, '2027-01-01T00:45:00Z')
  assert.equal(asked.subject, session.title)
  assert.equal(asked.body, session.details)
  assert.ok(!link.includes('+'))
})

test('a start with another offset, or with fractions of a second, is the same moment', () => {
  for (const starts_at of ['2027-01-01T05:00:00+05:30', '2026-12-31T23:30:00.000Z']) {
    assert.equal(googleLink({ ...session, starts_at }), googleLink(session))
    assert.equal(outlookLink({ ...session, starts_at }), outlookLink(session))
  }
})

test('what is not said is not in the link, and nothing said breaks out of its place', () => {
  assert.equal('location' in read(googleLink({ ...session, place: '' })), false)
  const evil = '&dates=20200101T000000Z/20200102T000000Z#'
  assert.equal(read(googleLink({ ...session, title: evil })).text, evil)
  assert.equal(new URL(outlookLink({ ...session, title: evil })).hash, '')
})

test('the file is the booking\u2019s own', () => {
  assert.equal(invitationFile('bkg_1'), '/api/bookings/bkg_1/invite.ics')
  assert.equal(invitationFile('../x'), '/api/bookings/..%2Fx/invite.ics')
})

test('a feed is subscribed to by its whole address, in each calendar\u2019s own way', () => {
  const url = 'https://peerlearn.example/api/calendar/usr_1-x_Y-z/sessions.ics'
  const { program, google, outlook } = subscriptions(url)
  assert.equal(program, 'webcal://peerlearn.example/api/calendar/usr_1-x_Y-z/sessions.ics')
  assert.equal(read(google).cid, program)
  assert.deepEqual(read(outlook), { url, name: 'PeerLearn' })
})
