import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ahead, forBoth, remaining, stage } from '../../../frontend/js/booking/moments.js'
import { strings } from '../../../frontend/js/strings.js'

const at = (iso) => Date.parse(iso)
const join = {
  waiting_from: '2026-11-24T12:45:00Z',
  call_from: '2026-11-24T12:55:00Z',
  until: '2026-11-24T14:10:00Z',
}
const booking = (changes) => ({ status: 'confirmed', pay_by: null, join, ...changes })

test('a booking passes from ahead to open to over by the clock', () => {
  assert.equal(stage(booking(), at('2026-11-24T12:44:59Z')), 'ahead')
  assert.equal(stage(booking(), at('2026-11-24T12:45:00Z')), 'open')
  assert.equal(stage(booking(), at('2026-11-24T14:09:59Z')), 'open')
  assert.equal(stage(booking(), at('2026-11-24T14:10:00Z')), 'over')
})

test('a hold lapses at its minute, before the server has said so', () => {
  const held = booking({ status: 'held', pay_by: '2026-11-23T10:15:00Z' })
  assert.equal(stage(held, at('2026-11-23T10:14:59Z')), 'held')
  assert.equal(stage(held, at('2026-11-23T10:15:00Z')), 'lapsed')
  assert.equal(stage(booking({ status: 'expired' }), at('2026-11-23T10:00:00Z')), 'lapsed')
})

test('what has ended stays ended', () => {
  const now = at('2026-11-23T10:00:00Z')
  assert.equal(stage(booking({ status: 'completed' }), now), 'past')
  assert.equal(stage(booking({ status: 'no_show' }), now), 'past')
  for (const by of ['learner', 'mentor', 'platform'])
    assert.equal(stage(booking({ status: `cancelled_by_${by}` }), now), 'cancelled')
})

test('what is left is said to the second and never less than nothing', () => {
  const until = '2026-11-24T12:15:00Z'
  assert.equal(remaining(until, at('2026-11-24T12:00:00Z')), '15:00')
  assert.equal(remaining(until, at('2026-11-24T12:14:59.400Z')), '0:01')
  assert.equal(remaining(until, at('2026-11-24T12:15:00Z')), '0:00')
  assert.equal(remaining(until, at('2026-11-24T12:20:00Z')), '0:00')
  assert.equal(remaining(until, at('2026-11-24T10:09:55Z')), '2:05:05')
})

test('the server’s clock is kept as the difference to this machine’s', () => {
  assert.equal(ahead('2026-11-24T12:00:05Z', at('2026-11-24T12:00:00Z')), 5000)
  assert.equal(ahead('2026-11-24T11:59:00Z', at('2026-11-24T12:00:00Z')), -60_000)
})

test('two people in two zones each see their own clock, on the two sides of midnight', () => {
  Object.assign(strings, { 'slots.when': '{day}, {span}', 'time.span': '{start} – {end}' })
  const lines = forBoth('2026-11-24T20:00:00Z', 60, {
    zone: 'Asia/Kolkata',
    otherZone: 'America/New_York',
    name: 'Ana',
  })
  assert.deepEqual(
    lines.map((line) => line.whose),
    ['slots.your_time', 'slots.their_time'],
  )
  assert.match(lines[0].words, /25 Nov.*1:30\sam/)
  assert.match(lines[1].words, /24 Nov.*3:00\spm/)
})

test('where the clocks agree one line says it for both', () => {
  const zones = { zone: 'Asia/Kolkata', otherZone: 'Asia/Colombo', name: 'Ana' }
  assert.deepEqual(
    forBoth('2026-11-24T20:00:00Z', 60, zones).map((line) => line.whose),
    ['slots.both_times'],
  )
  assert.deepEqual(
    forBoth('2026-11-24T20:00:00Z', 60, { ...zones, otherZone: null }).map((line) => line.whose),
    ['slots.your_time'],
  )
})
