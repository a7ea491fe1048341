import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agenda } from '../../../frontend/js/booking/agenda.js'
import { standing } from '../../../frontend/js/booking/standing.js'

const NOON = Date.parse('2026-11-23T12:00:00Z')
const session = (changes) => ({
  viewer: 'none',
  status: 'open',
  starts_at: '2026-11-24T12:00:00Z',
  duration_minutes: 60,
  offered_until: null,
  ...changes,
})
const stands = (changes, now = NOON) => standing(session(changes), now)

test('a session is open, taken, waited for or one’s own', () => {
  assert.equal(stands({}), 'open')
  assert.equal(stands({ status: 'booked' }), 'taken')
  assert.equal(stands({ status: 'held' }), 'taken')
  assert.equal(stands({ status: 'booked', viewer: 'waiting' }), 'waiting')
  assert.equal(stands({ status: 'booked', viewer: 'learner' }), 'booked')
  assert.equal(stands({ viewer: 'mentor' }), 'mine')
})

test('what is kept for a waiter is theirs until the minute, then somebody else’s', () => {
  const offered = { status: 'held', viewer: 'offered', offered_until: '2026-11-23T12:10:00Z' }
  assert.equal(stands(offered), 'offered')
  assert.equal(stands(offered, NOON + 10 * 60_000), 'taken')
})

test('what has begun or ended cannot be had any more', () => {
  assert.equal(stands({}, Date.parse('2026-11-24T12:00:00Z')), 'over')
  assert.equal(stands({ status: 'live' }), 'over')
  assert.equal(stands({ status: 'cancelled', viewer: 'learner' }), 'over')
  assert.equal(stands({ status: 'booked', viewer: 'learner' }, Date.parse('2026-11-24T12:30:00Z')), 'booked')
})

const booking = (id, changes = {}) => ({
  id,
  status: 'confirmed',
  session: { starts_at: '2026-11-24T12:00:00Z' },
  join: { until: '2026-11-24T13:10:00Z' },
  pay_by: null,
  proposal: null,
  ...changes,
})
const on = (starts_at, until) => ({ session: { starts_at }, join: { until } })
const ids = (list) => list.map((each) => each.id)

test('what waits for an answer is apart from what is only to come', () => {
  const plan = agenda(
    [
      booking('now', on('2026-11-23T12:05:00Z', '2026-11-23T13:15:00Z')),
      booking('evening', on('2026-11-23T15:00:00Z', '2026-11-23T16:10:00Z')),
      booking('held', { status: 'held', pay_by: '2026-11-23T12:10:00Z' }),
      booking('run out', { status: 'held', pay_by: '2026-11-23T12:00:00Z' }),
      booking('asked', { proposal: { by: 'mentor', lapses_at: '2026-11-24T11:00:00Z' } }),
      booking('asking', { proposal: { by: 'learner', lapses_at: '2026-11-24T11:00:00Z' } }),
      booking('gone', { status: 'cancelled_by_mentor' }),
    ],
    NOON,
    'Asia/Kolkata',
  )
  assert.deepEqual(ids(plan.held), ['held'])
  assert.deepEqual(ids(plan.asked), ['asked'])
  assert.equal(plan.next.id, 'now')
  assert.deepEqual(ids(plan.today), ['evening'])
  assert.deepEqual(ids(plan.later), ['asked', 'asking'])
  assert.deepEqual(ids(plan.gone), ['gone'])
})

test('with nothing booked there is no next session', () => {
  assert.equal(agenda([], NOON, 'UTC').next, null)
})
