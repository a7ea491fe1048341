import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  editable,
  errorsIn,
  fingerprint,
  newDate,
  listOf,
  newTimeOff,
  refused,
  sent,
} from '../../../frontend/js/availability/editing.js'
import { onTop } from '../../../frontend/js/availability/merging.js'
import { differences, optionsOf } from '../../../frontend/js/availability/words.js'
import { at, HOURS, NOTHING, OFFICE } from './hours.js'

test('what the editor holds is saved as it was read', () => {
  const read = {
    ...HOURS,
    daily_most: 3,
    away: true,
    away_until: '2026-04-01',
    overrides: [{ date: '2026-03-02', ranges: [] }],
    blackouts: [at('2026-03-09', '2026-03-10')],
  }
  const { zone, ...body } = read
  assert.deepEqual(sent(editable(read), 3), body)
  assert.equal(zone, 'Asia/Kolkata')
})

test('what is saved is in order, whatever the order it was typed in', () => {
  const values = editable({ ...HOURS, weekly: { ...NOTHING, tue: [at('14:00', '15:00'), at('09:00', '10:00')] } })
  values.dates = [newDate('2026-05-02', []), newDate('2026-05-01', OFFICE)]
  values.off = [newTimeOff('2026-07-01', '2026-07-02'), newTimeOff('2026-06-01', '2026-06-02')]
  const body = sent(values, 0)
  assert.deepEqual(body.weekly.tue, [at('09:00', '10:00'), at('14:00', '15:00')])
  assert.deepEqual([body.overrides[0].date, body.blackouts[0].from], ['2026-05-01', '2026-06-01'])
})

test('a change that leads back to what was saved is no change', () => {
  const [before, after] = [editable(HOURS), editable(HOURS)]
  after.days[0].ranges = [at('09:00', '12:00')]
  assert.notEqual(fingerprint(before), fingerprint(after))
  after.days[0].ranges = OFFICE
  after.away_until = '2026-04-01'
  assert.equal(fingerprint(before), fingerprint(after))
})

test('each wrong day, date and time off is told of at its own place', () => {
  const values = editable(HOURS)
  values.days[2].ranges = [at('12:00', '11:00')]
  values.dates = [newDate('2026-05-01', []), newDate('2026-05-01', []), newDate('', [])]
  values.off = [newTimeOff('2026-06-02', '2026-06-01'), newTimeOff('', '2026-06-01')]
  Object.assign(values, { away: true, away_until: '2026-02-28' })
  const found = errorsIn(values, '2026-03-01')
  assert.deepEqual(found, {
    wed: 'availability.wrong.reversed',
    [values.dates[1].key]: 'availability.wrong.twice',
    [values.dates[2].key]: 'check.date',
    [values.off[0].key]: 'availability.wrong.ends_first',
    [values.off[1].key]: 'availability.wrong.dates',
    away_until: 'availability.wrong.past',
  })
  assert.deepEqual(errorsIn(editable(HOURS), '2026-03-01'), {})
})

test('two versions differ where they differ, and nowhere else', () => {
  assert.deepEqual(differences(HOURS, HOURS), [])
  const theirs = {
    ...HOURS,
    weekly: { ...NOTHING },
    overrides: [{ date: '2026-03-02', ranges: [] }],
    notice_minutes: 60,
    daily_most: 2,
    away: true,
  }
  const found = differences(HOURS, theirs)
  assert.deepEqual(
    found.map(({ place }) => place.replace(/,/g, '')),
    ['Monday', 'Mon 2 Mar 2026', 'availability.notice_minutes', 'availability.daily_most', 'availability.vacation'],
  )
  assert.equal(found[0].theirs, 'availability.closed')
})

test('a rule that is none of the usual ones can be kept', () => {
  assert.ok(optionsOf('horizon_days', '45').some(({ value }) => value === '45'))
  assert.equal(optionsOf('daily_most', '')[0].words, 'availability.no_limit')
})

test('what has passed is left out of the editor, and cannot be put in', () => {
  const old = {
    ...HOURS,
    overrides: [
      { date: '2026-02-28', ranges: [] },
      { date: '2026-03-01', ranges: [] },
    ],
    blackouts: [at('2026-02-01', '2026-02-28'), at('2026-02-27', '2026-03-01')],
  }
  const values = editable(old, '2026-03-01')
  assert.deepEqual([values.dates.length, values.off.length], [1, 1])
  values.dates = [newDate('2026-02-28', [])]
  values.off = [newTimeOff('2026-02-01', '2026-02-02')]
  assert.equal(Object.values(errorsIn(values, '2026-03-01')).length, 2)
})

test('the server’s refusals find the place they are about, and none is lost', () => {
  const values = editable(HOURS)
  values.dates = [newDate('2026-05-02', []), newDate('2026-05-01', [])]
  values.off = [newTimeOff('2026-07-01', '2026-07-02'), newTimeOff('2026-06-01', '2026-06-02')]
  const fields = {
    'weekly.tue': 'a',
    'weekly.mon[0].from': 'b',
    'overrides.2026-05-01': 'c',
    'overrides[1].date': 'd',
    'blackouts[0].to': 'e',
    blackouts: 'f',
    horizon_days: 'g',
    version: 'h',
  }
  assert.deepEqual(refused(fields, values), {
    errors: {
      tue: 'a',
      mon: 'b',
      [values.dates[1].key]: 'c',
      [values.dates[0].key]: 'd',
      [values.off[1].key]: 'e',
      blackouts: 'f',
      horizon_days: 'g',
    },
    rest: ['h'],
  })
  assert.deepEqual(['mon', values.dates[0].key, values.off[0].key].map(listOf), ['weekly', 'overrides', 'blackouts'])
})

test('what was changed here stands on top of what was saved elsewhere, place by place', () => {
  const base = {
    ...HOURS,
    overrides: [
      { date: '2026-03-02', ranges: [] },
      { date: '2026-03-03', ranges: [] },
    ],
    blackouts: [at('2026-03-09', '2026-03-10')],
  }
  const mine = {
    ...base,
    weekly: { ...base.weekly, tue: OFFICE },
    overrides: [
      { date: '2026-03-03', ranges: OFFICE },
      { date: '2026-03-05', ranges: [] },
    ],
    notice_minutes: 60,
  }
  const theirs = {
    ...base,
    weekly: { ...base.weekly, mon: [], tue: [at('10:00', '11:00')], fri: OFFICE },
    overrides: [...base.overrides, { date: '2026-03-04', ranges: [] }],
    blackouts: [...base.blackouts, at('2026-03-01', '2026-03-01')],
    notice_minutes: 120,
    horizon_days: 30,
    away: true,
    away_until: '2026-04-01',
  }
  const made = onTop(base, mine, theirs)
  assert.deepEqual(made.weekly, { ...NOTHING, tue: OFFICE, fri: OFFICE })
  assert.deepEqual(
    made.overrides.map(({ date, ranges }) => [date, ranges.length]),
    [
      ['2026-03-03', 1],
      ['2026-03-04', 0],
      ['2026-03-05', 0],
    ],
  )
  assert.deepEqual(
    made.blackouts.map(({ from }) => from),
    ['2026-03-01', '2026-03-09'],
  )
  assert.deepEqual([made.notice_minutes, made.horizon_days, made.away, made.away_until], [60, 30, true, '2026-04-01'])
})

test('nothing changed here is theirs, and nothing changed there is mine', () => {
  const other = { ...HOURS, weekly: { ...NOTHING, sun: OFFICE }, away: true, daily_most: 2 }
  assert.deepEqual(differences(onTop(HOURS, HOURS, other), other), [])
  assert.deepEqual(differences(onTop(HOURS, other, HOURS), other), [])
})
