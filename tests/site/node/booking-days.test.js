import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, byDay, byPart, daysBetween, months, named, startOfDay } from '../../../frontend/js/booking/days.js'

const NEW_YORK = 'America/New_York'
const hourly = (from, count) =>
  Array.from({ length: count }, (_, n) =>
    new Date(Date.parse(from) + n * 3_600_000).toISOString().replace('.000Z', 'Z'),
  )

test('days are counted on the calendar, whatever clocks do', () => {
  assert.equal(addDays('2026-03-07', 2), '2026-03-09')
  assert.equal(addDays('2026-12-31', 1), '2027-01-01')
  assert.equal(addDays('2028-03-01', -1), '2028-02-29')
  assert.equal(daysBetween('2026-03-07', '2026-03-10'), 3)
})

test('a day begins when its zone’s clocks say so', () => {
  assert.equal(startOfDay('2026-11-24', 'Asia/Kolkata'), '2026-11-23T18:30:00Z')
  assert.equal(startOfDay('2026-11-24', 'Asia/Kathmandu'), '2026-11-23T18:15:00Z')
  assert.equal(startOfDay('2026-03-08', NEW_YORK), '2026-03-08T05:00:00Z')
  assert.equal(startOfDay('2026-03-09', NEW_YORK), '2026-03-09T04:00:00Z')
})

test('where midnight is skipped the day begins with the first minute there is', () => {
  assert.equal(startOfDay('2026-03-29', 'Asia/Beirut'), '2026-03-28T22:00:00Z')
})

test('where midnight comes twice the day begins with the first', () => {
  assert.equal(startOfDay('2026-11-01', 'America/Havana'), '2026-11-01T04:00:00Z')
})

test('a start stands under the day it falls on where the viewer is', () => {
  const starts = ['2026-11-24T03:00:00Z', '2026-11-24T13:00:00Z', '2026-11-25T04:30:00Z', '2026-12-09T13:00:00Z']
  const dates = (zone) =>
    byDay(starts, { from: '2026-11-23', count: 3, zone }).map((each) => [each.date, each.starts.length])
  assert.deepEqual(dates('Asia/Kolkata'), [
    ['2026-11-23', 0],
    ['2026-11-24', 2],
    ['2026-11-25', 1],
  ])
  assert.deepEqual(dates(NEW_YORK), [
    ['2026-11-23', 1],
    ['2026-11-24', 2],
    ['2026-11-25', 0],
  ])
})

test('few times stand together, many by the part of the day', () => {
  assert.deepEqual(
    byPart(hourly('2026-11-24T04:30:00Z', 8), 'Asia/Kolkata').map((each) => each.part),
    [''],
  )
  const grouped = byPart(hourly('2026-11-24T04:30:00Z', 12), 'Asia/Kolkata')
  assert.deepEqual(
    grouped.map(({ part, starts }) => [part, starts.length]),
    [
      ['morning', 2],
      ['afternoon', 5],
      ['evening', 5],
    ],
  )
})

test('a part of the day with nothing in it is left out', () => {
  const grouped = byPart(hourly('2026-11-24T12:00:00Z', 10), 'UTC')
  assert.deepEqual(
    grouped.map((each) => each.part),
    ['afternoon', 'evening'],
  )
})

test('an hour that comes twice is told apart', () => {
  const twice = named(['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-01T07:30:00Z'], NEW_YORK)
  assert.match(twice[0].words, /^1:30\sam GMT-4$/)
  assert.match(twice[1].words, /^1:30\sam GMT-5$/)
  assert.match(twice[2].words, /^2:30\sam$/)
})

test('months to jump to begin with today and go over the year', () => {
  assert.deepEqual(months('2026-11-22', 3), ['2026-11-22', '2026-12-01', '2027-01-01', '2027-02-01'])
})
