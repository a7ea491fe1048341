import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mondayOf, plusDays, weekdayOf, weekOf, isDate } from '../../../frontend/js/availability/days.js'
import {
  clockOf,
  edged,
  erased,
  minutesOf,
  painted,
  placed,
  proposed,
  wrongWith,
} from '../../../frontend/js/availability/hours.js'
import { clocksOf, hoursOn, isAway, openIn } from '../../../frontend/js/availability/week.js'
import { at, HOURS, NOTHING, OFFICE } from './hours.js'

test('wall-clock times and minutes are one another’s reverse', () => {
  for (const clock of ['00:00', '09:15', '23:45', '24:00']) assert.equal(clockOf(minutesOf(clock)), clock)
})

test('painting joins what it touches and leaves the rest', () => {
  assert.deepEqual(painted([], 540, 600), [at('09:00', '10:00')])
  assert.deepEqual(painted([at('09:00', '10:00'), at('11:00', '12:00')], 600, 660), [at('09:00', '12:00')])
  assert.deepEqual(painted([at('14:00', '15:00')], 540, 600), [at('09:00', '10:00'), at('14:00', '15:00')])
})

test('erasing cuts a range in two, shortens it or takes it away', () => {
  assert.deepEqual(erased(OFFICE, 720, 780), [at('09:00', '12:00'), at('13:00', '17:00')])
  assert.deepEqual(erased(OFFICE, 0, 600), [at('10:00', '17:00')])
  assert.deepEqual(erased(OFFICE, 0, 1440), [])
})

test('painting and then erasing the same hours changes nothing that was closed before', () => {
  for (let from = 0; from < 540; from += 45) assert.deepEqual(erased(painted(OFFICE, from, 540), from, 540), OFFICE)
})

test('more hours are proposed after a pause, then wherever there is room, then nowhere', () => {
  assert.deepEqual(proposed([]), at('09:00', '17:00'))
  assert.deepEqual(proposed(OFFICE), at('18:00', '20:00'))
  assert.deepEqual(proposed([at('09:00', '22:30')]), at('23:30', '24:00'))
  assert.deepEqual(proposed([at('09:00', '24:00')]), at('00:00', '02:00'))
  assert.equal(proposed([at('00:00', '24:00')]), null)
})

test('an end that would cross the other moves it along, as far as the day goes', () => {
  assert.deepEqual(edged(at('09:00', '17:00'), 'to', '12:00'), at('09:00', '12:00'))
  assert.deepEqual(edged(at('09:00', '10:30'), 'from', '11:00'), at('11:00', '12:30'))
  assert.deepEqual(edged(at('09:00', '17:00'), 'from', '20:00'), at('20:00', '24:00'))
  assert.deepEqual(edged(at('09:00', '10:00'), 'to', '00:30'), at('00:00', '00:30'))
  assert.deepEqual(edged(at('09:00', '09:00'), 'to', '09:00'), at('08:45', '09:00'))
})

test('a day’s hours are refused when reversed, overlapping or too many', () => {
  assert.equal(wrongWith(OFFICE), '')
  assert.equal(wrongWith([at('10:00', '10:00')]), 'reversed')
  assert.equal(wrongWith([at('12:00', '14:00'), at('09:00', '12:15')]), 'overlapping')
  assert.equal(wrongWith([at('12:00', '14:00'), at('09:00', '12:00')]), '', 'touching hours are fine')
  assert.equal(wrongWith(Array.from({ length: 7 }, (_, n) => at(clockOf(n * 60), clockOf(n * 60 + 30)))), 'too_many')
})

test('a range stands where its hours are', () => {
  assert.deepEqual(placed(at('06:00', '24:00')), { start: '25%', size: '75%' })
  assert.equal(placed(at('10:00', '09:00')).size, '0%')
})

test('weeks begin on Monday, over the ends of months and years', () => {
  assert.equal(mondayOf('2026-01-01'), '2025-12-29')
  assert.equal(weekdayOf('2024-02-29'), 'thu')
  assert.equal(weekdayOf('1999-12-31'), 'fri')
  assert.equal(plusDays('2024-02-28', 2), '2024-03-01')
  assert.deepEqual([weekOf('2026-03-01')[0], weekOf('2026-03-01')[6]], ['2026-02-23', '2026-03-01'])
  assert.ok(isDate('2026-02-28') && !isDate('2026-02-30') && !isDate('') && !isDate('tomorrow'))
})

test('a date’s own hours stand above the week, and time off above both', () => {
  const hours = {
    ...HOURS,
    overrides: [{ date: '2026-03-02', ranges: [at('20:00', '21:00')] }],
    blackouts: [at('2026-03-09', '2026-03-10')],
  }
  assert.deepEqual(hoursOn(hours, '2026-03-02'), [at('20:00', '21:00')])
  assert.deepEqual(hoursOn(hours, '2026-03-09'), [])
  assert.deepEqual(hoursOn(hours, '2026-03-16'), OFFICE)
  assert.deepEqual(hoursOn(hours, '2026-03-17'), [])
})

test('one is away until a day, or for good', () => {
  assert.equal(Boolean(isAway(HOURS, '2026-03-02')), false)
  assert.equal(isAway({ away: true, away_until: null }, '2026-03-02'), true)
  assert.equal(isAway({ away: true, away_until: '2026-03-01' }, '2026-03-02'), false)
})

test('the week is seen on another zone’s clocks, over midnight', () => {
  const seen = openIn('America/New_York', HOURS, weekOf('2026-02-02'))
  assert.deepEqual(seen[0], { date: '2026-02-02', ranges: [at('00:00', '06:30')] })
  const before = openIn('America/New_York', HOURS, ['2026-02-01'])
  assert.deepEqual(before[0].ranges, [at('22:30', '24:00')])
  assert.deepEqual(openIn('Asia/Kolkata', HOURS, weekOf('2026-02-02'))[0].ranges, OFFICE)
})

test('hours keep their wall-clock time when clocks change, here or there', () => {
  const mentor = { ...HOURS, zone: 'America/New_York', weekly: { ...NOTHING, fri: OFFICE, mon: OFFICE } }
  const days = openIn('Asia/Kolkata', mentor, ['2026-03-06', '2026-03-09'])
  assert.deepEqual(days[0].ranges[0], at('19:30', '24:00'), 'before the change')
  assert.deepEqual(days[1].ranges[0], at('18:30', '24:00'), 'after it')
  const night = { ...mentor, weekly: { ...NOTHING, sun: [at('01:30', '03:30')] } }
  assert.deepEqual(openIn('UTC', night, ['2026-03-08'])[0].ranges, [at('06:30', '07:30')], 'an hour was skipped')
  assert.deepEqual(openIn('UTC', night, ['2026-11-01'])[0].ranges, [at('05:30', '06:00'), at('06:30', '08:30')])
})

test('zones of 30 and 45 minutes are exact', () => {
  assert.deepEqual(openIn('Asia/Kathmandu', HOURS, ['2026-02-02'])[0].ranges, [at('09:15', '17:15')])
  assert.deepEqual(clocksOf('Australia/Lord_Howe')(Date.parse('2026-04-04T15:00:00Z')).minute, 120 - 30)
})
