import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  age,
  cityOf,
  clock,
  dateIn,
  day,
  sameClocks,
  toUtc,
  until,
  zoneName,
  zones,
} from '../../../frontend/js/time.js'

test('a time is shown in the person’s zone, whatever the machine’s', () => {
  assert.match(clock('2025-11-25T13:00:00Z', 'Asia/Kolkata'), /^6:30\spm$/)
  assert.match(clock('2025-11-25T13:00:00Z', 'America/New_York'), /^8:00\sam$/)
})

test('the day is the one in the person’s zone', () => {
  assert.equal(dateIn('Asia/Kolkata', Date.parse('2025-11-25T20:00:00Z')), '2025-11-26')
  assert.match(day('2025-11-25T20:00:00Z', 'Asia/Kolkata', Date.parse('2025-11-25T20:00:00Z')), /26 Nov$/)
})

test('the year is named only when it is another one', () => {
  assert.match(day('2026-01-02T10:00:00Z', 'UTC', Date.parse('2025-12-30T00:00:00Z')), /2026$/)
})

test('a zone is named by its letters where it has some here, else by its city', () => {
  assert.equal(zoneName('Asia/Kolkata', '2025-11-25T13:00:00Z'), 'IST')
  assert.equal(zoneName('America/New_York', '2025-11-25T13:00:00Z'), 'time.of_city')
})

test('wall-clock time becomes the moment it is there', () => {
  assert.equal(toUtc('2025-11-25', '18:30', 'Asia/Kolkata'), '2025-11-25T13:00:00Z')
  assert.equal(toUtc('2025-07-01', '09:00', 'America/New_York'), '2025-07-01T13:00:00Z')
  assert.equal(toUtc('2025-12-01', '09:00', 'America/New_York'), '2025-12-01T14:00:00Z')
  assert.equal(toUtc('2025-11-25', '00:00', 'Asia/Kathmandu'), '2025-11-24T18:15:00Z')
})

test('an hour that clocks skip is no time', () => {
  assert.equal(toUtc('2026-03-08', '02:30', 'America/New_York'), null)
  assert.equal(toUtc('2026-03-29', '02:15', 'Europe/Berlin'), null)
})

test('an hour that comes twice is one of the two', () => {
  assert.ok(['2025-11-02T05:30:00Z', '2025-11-02T06:30:00Z'].includes(toUtc('2025-11-02', '01:30', 'America/New_York')))
})

test('nonsense is no time', () => {
  assert.equal(toUtc('', '18:30', 'Asia/Kolkata'), null)
  assert.equal(toUtc('2025-13-40', '18:30', 'Asia/Kolkata'), null)
})

test('the countdown is as precise as it matters', () => {
  const now = Date.parse('2025-11-25T12:00:00Z')
  assert.equal(until('2025-11-25T11:59:59Z', now), 'time.now')
  assert.equal(until('2025-11-25T12:00:30Z', now), 'time.in_minutes')
  assert.equal(until('2025-11-25T15:00:00Z', now), 'time.in_hours')
  assert.equal(until('2025-11-26T23:59:00Z', now), 'time.in_hours')
  assert.equal(until('2025-11-27T04:33:00Z', now), 'time.in_days')
  assert.equal(until('2025-11-28T12:00:00Z', now), 'time.in_days')
})

test('age turns over on the birthday', () => {
  assert.equal(age('2007-11-25', '2025-11-24'), 17)
  assert.equal(age('2007-11-25', '2025-11-25'), 18)
  assert.equal(age('2008-02-29', '2026-02-28'), 17)
  assert.equal(age('2008-02-29', '2026-03-01'), 18)
})

test('zones agree only if their clocks do all year', () => {
  const now = Date.parse('2025-11-25T12:00:00Z')
  assert.ok(sameClocks('Asia/Kolkata', 'Asia/Colombo', now))
  assert.ok(!sameClocks('Europe/London', 'UTC', now))
  assert.ok(!sameClocks('America/New_York', 'Asia/Kolkata', now))
  assert.equal(cityOf('America/New_York'), 'New York')
})

test('zones go by their present names, once each', () => {
  const values = zones('Asia/Calcutta').map((each) => each.value)
  assert.ok(values.includes('Asia/Kolkata') && values.includes('UTC'))
  assert.equal(new Set(values).size, values.length)
})
