import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  badgeOf,
  detailsLink,
  isAhead,
  isRoomOpen,
  isToday,
  mayClone,
  mayEdit,
  mayWithdraw,
  waitsFor,
} from '../../../frontend/js/mentoring/standing.js'

const at = (clock) => Date.parse(`2026-03-02T${clock}:00Z`)
const BOOKING = { id: 'bkg_1', learner: { name: 'Aarav' }, pay_by: null }
const SESSION = {
  id: 'ses_1',
  status: 'booked',
  origin: 'published',
  starts_at: '2026-03-02T10:00:00Z',
  live_from: '2026-03-02T09:45:00Z',
  until: '2026-03-02T11:10:00Z',
  booking: BOOKING,
  proposal: null,
}
const session = (more) => ({ ...SESSION, ...more })

test('a mentor can go live from the minute the doors open until the room closes', () => {
  assert.equal(isRoomOpen(SESSION, at('09:44')), false)
  assert.equal(isRoomOpen(SESSION, at('09:45')), true)
  assert.equal(isRoomOpen(session({ status: 'live' }), at('11:10')), true)
  assert.equal(isRoomOpen(SESSION, at('11:11')), false)
  assert.equal(isRoomOpen(session({ status: 'held' }), at('10:00')), false)
  assert.equal(isRoomOpen(session({ status: 'open', booking: null }), at('10:00')), false)
  assert.deepEqual([isAhead(SESSION, at('09:00')), isAhead(SESSION, at('09:45'))], [true, false])
})

test('today is the mentor’s own, and a session begun yesterday that goes on is today', () => {
  const late = session({ starts_at: '2026-03-02T18:45:00Z' })
  assert.equal(isToday(late, 'Asia/Kolkata', at('10:00')), false, 'past midnight there')
  assert.equal(isToday(late, 'UTC', at('10:00')), true)
  assert.equal(isToday(session({ starts_at: '2026-03-01T23:30:00Z', status: 'live' }), 'UTC', at('00:10')), true)
})

test('words can be edited until five minutes before, of what has not begun or been called off', () => {
  for (const status of ['open', 'held', 'booked']) assert.equal(mayEdit(session({ status }), at('09:54')), true)
  assert.equal(mayEdit(SESSION, at('09:55')), false)
  for (const status of ['live', 'completed', 'cancelled', 'expired'])
    assert.equal(mayEdit(session({ status }), at('09:00')), false)
})

test('only what nobody has can be withdrawn', () => {
  assert.equal(mayWithdraw(session({ status: 'open', booking: null })), true)
  assert.equal(mayWithdraw(session({ status: 'held', booking: null })), true, 'kept for one who waits')
  assert.equal(mayWithdraw(session({ status: 'held' })), false)
  assert.equal(mayWithdraw(SESSION), false)
})

test('a learner’s own words are not published again', () => {
  assert.deepEqual(
    ['published', 'slot', 'request'].map((origin) => mayClone(session({ origin }))),
    [true, true, false],
  )
})

test('it says whose answer is waited for', () => {
  assert.equal(waitsFor(SESSION), '')
  assert.equal(waitsFor(session({ status: 'held' })), 'learner')
  assert.equal(waitsFor(session({ status: 'held', booking: null })), 'waiter')
  assert.equal(waitsFor(session({ proposal: { by: 'learner' } })), 'my_answer')
  assert.equal(waitsFor(session({ proposal: { by: 'mentor' } })), 'their_answer')
  assert.equal(waitsFor(session({ status: 'cancelled', proposal: { by: 'mentor' } })), '')
})

test('details are the booking’s, or the session’s when there is none', () => {
  assert.equal(detailsLink(SESSION), '/bookings/bkg_1')
  assert.equal(detailsLink(session({ booking: null })), '/s/ses_1')
  assert.deepEqual([badgeOf({ status: 'no_show_both' }), badgeOf({ status: 'expired' })], ['badge-bad', ''])
})
