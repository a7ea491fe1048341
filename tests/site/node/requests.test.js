import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosen, momentOf, rowOf, wrongIn } from '../../../frontend/js/requests/times.js'
import { asOf, deadline, isMine, timeLeft, tone } from '../../../frontend/js/requests/words.js'

const HOUR = 60 * 60_000
const NOW = Date.parse('2026-03-02T12:00:00Z')
const zone = 'Asia/Kolkata'
const row = (key, date, time) => ({ key, date, time })
const limits = { zone, now: NOW, days: 180 }
const request = (changes) => ({
  status: 'open',
  turn: 'mentor',
  viewer: 'learner',
  expires_at: '2026-03-04T12:00:00Z',
  can: { accept: false, withdraw: true },
  learner: { name: 'Lena Roy' },
  mentor: { name: 'Meera Rao' },
  ...changes,
})

test('a row is read by the clock on the writer’s wall, and written back the same', () => {
  assert.equal(momentOf(row(1, '2026-03-05', '17:30'), zone), '2026-03-05T12:00:00Z')
  assert.deepEqual(rowOf(1, '2026-03-05T12:00:00Z', zone), row(1, '2026-03-05', '17:30'))
  assert.deepEqual(rowOf(1, '2026-03-05T18:30:00Z', zone), row(1, '2026-03-06', '00:00'))
  assert.equal(momentOf(row(1, '2026-03-05', ''), zone), '')
})

test('times are sent in order, without the rows left blank', () => {
  const rows = [row(1, '2026-03-06', '10:00'), row(2, '', ''), row(3, '2026-03-05', '10:00')]
  assert.deepEqual(chosen(rows, zone), ['2026-03-05T04:30:00Z', '2026-03-06T04:30:00Z'])
  assert.deepEqual(wrongIn(rows, limits), {})
})

test('at least one row is needed, and each row that was begun is ended', () => {
  assert.deepEqual(Object.keys(wrongIn([row(1, '', ''), row(2, '', '')], limits)), ['1'])
  assert.deepEqual(Object.keys(wrongIn([row(1, '2026-03-05', ''), row(2, '', '10:00')], limits)), ['1', '2'])
})

test('what is past, too far, skipped by the clocks or there twice is named', () => {
  const rows = [row(1, '2026-03-02', '17:30'), row(2, '2026-12-01', '10:00'), row(3, '2026-03-05', '10:00')]
  assert.deepEqual(Object.keys(wrongIn(rows, limits)), ['1', '2'])
  assert.deepEqual(Object.keys(wrongIn([row(1, '2026-03-05', '10:00'), row(2, '2026-03-05', '10:00')], limits)), ['2'])
  const berlin = { ...limits, zone: 'Europe/Berlin' }
  assert.deepEqual(Object.keys(wrongIn([row(1, '2026-03-29', '02:30')], berlin)), ['1'])
})

test('it is one’s own turn only while it is open', () => {
  assert.equal(isMine(request({ viewer: 'mentor' })), true)
  assert.equal(isMine(request()), false)
  assert.equal(isMine(request({ viewer: 'mentor', status: 'accepted' })), false)
  assert.equal(tone(request({ viewer: 'mentor' })), 'badge-accent')
  assert.equal(tone(request({ status: 'accepted' })), 'badge-good')
})

test('the clock ends a request before the server has said so, and nothing can be done with it then', () => {
  const later = asOf(request(), NOW + 48 * HOUR)
  assert.equal(later.status, 'expired')
  assert.deepEqual(later.can, { accept: false, withdraw: false })
  assert.equal(asOf(request(), NOW + 48 * HOUR - 1).status, 'open')
  assert.equal(asOf(request({ status: 'accepted' }), NOW + 99 * HOUR).status, 'accepted')
  assert.equal(deadline(later, NOW), '')
})

test('what is left is told in whole units', () => {
  const left = (milliseconds) => timeLeft(new Date(NOW + milliseconds).toISOString(), NOW)
  assert.match(left(48 * HOUR), /day/)
  assert.match(left(47.9 * HOUR), /hour/)
  assert.match(left(59 * 60_000), /minute/)
  assert.match(left(-HOUR), /minute/)
})
