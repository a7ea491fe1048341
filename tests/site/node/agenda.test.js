import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisOf, gapsIn, joined } from '../../../frontend/js/agenda/axis.js'
import { dawnOf, dayOf } from '../../../frontend/js/agenda/days.js'
import { inLanes } from '../../../frontend/js/agenda/lanes.js'
import { opened, piecesOn, weekDrawn } from '../../../frontend/js/agenda/week.js'
import { dayWords, entryLink, entryWords, weekWords } from '../../../frontend/js/agenda/words.js'
import { weekOf } from '../../../frontend/js/availability/days.js'

const INDIA = 'Asia/Kolkata'
const BERLIN = 'Europe/Berlin'
const SPRING = '2026-03-29'
const AUTUMN = '2026-10-25'
const HOUR = 60
const iso = (moment) => new Date(moment).toISOString().replace('.000Z', 'Z')
const entry = (startsAt, minutes, more = {}) => ({
  session_id: startsAt,
  starts_at: startsAt,
  duration_minutes: minutes,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  ...more,
})
const CLOSED = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
const HOURS = { zone: INDIA, weekly: CLOSED, overrides: [], blackouts: [], away: false, away_until: null }
const drawn = (more) =>
  weekDrawn({ zone: INDIA, dates: weekOf('2026-03-02'), items: [], availability: HOURS, today: '2026-01-01', ...more })

test('a day begins at its zone’s midnight and has 24 hours', () => {
  const day = dayOf(INDIA, '2026-03-02')
  assert.deepEqual([iso(day.starts), iso(day.ends)], ['2026-03-01T18:30:00Z', '2026-03-02T18:30:00Z'])
  assert.deepEqual([day.minutes, day.parts.length, day.parts[0].minute], [24 * HOUR, 1, 0])
})

test('on the days clocks change a day has 23 hours, 25, or half an hour more or less', () => {
  assert.equal(dayOf(BERLIN, SPRING).minutes, 23 * HOUR)
  assert.equal(dayOf(BERLIN, AUTUMN).minutes, 25 * HOUR)
  assert.equal(dayOf('Australia/Lord_Howe', '2026-04-05').minutes, 24.5 * HOUR)
  assert.equal(dayOf('Australia/Lord_Howe', '2026-10-04').minutes, 23.5 * HOUR)
  assert.deepEqual(
    dayOf(BERLIN, SPRING).parts.map(({ from, minute }) => [iso(from), minute]),
    [
      ['2026-03-28T23:00:00Z', 0],
      ['2026-03-29T01:00:00Z', 3 * HOUR],
    ],
  )
  assert.equal(dayOf(BERLIN, AUTUMN).parts[1].minute, 2 * HOUR)
})

test('a day whose midnight is skipped begins at one, and one whose midnight comes twice at the first', () => {
  assert.equal(iso(dawnOf('Africa/Cairo', '2026-04-24')), '2026-04-23T22:00:00Z')
  assert.equal(dayOf('Africa/Cairo', '2026-04-24').parts[0].minute, HOUR)
  assert.equal(dayOf('Africa/Cairo', '2026-10-29').minutes, 25 * HOUR, 'its last hour comes twice')
  assert.equal(iso(dawnOf('America/Havana', '2026-11-01')), '2026-11-01T04:00:00Z')
  assert.equal(dayOf('America/Havana', '2026-11-01').minutes, 25 * HOUR)
})

test('days follow one another without gap or overlap all year round', () => {
  for (const zone of [BERLIN, 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Havana'])
    for (let at = Date.parse('2026-01-01'); at < Date.parse('2027-01-01'); at += 86_400_000) {
      const date = iso(at).slice(0, 10)
      const day = dayOf(zone, date)
      const lasting = day.parts.reduce((sum, { from, until }) => sum + until - from, 0)
      assert.ok(lasting === day.ends - day.starts && day.minutes >= 23 * HOUR && day.minutes <= 25 * HOUR, zone + date)
    }
})

test('in an ordinary week a row is a minute of the day', () => {
  const days = weekOf('2026-03-02').map((date) => dayOf(INDIA, date))
  const axis = axisOf(days)
  assert.equal(axis.total, 24 * HOUR)
  assert.deepEqual(axis.marks.at(9), { row: 9 * HOUR, hour: 9 })
  assert.deepEqual(axis.ofHours(days[0], [[540, 720]]), [{ from: 540, to: 720 }])
  const at = Date.parse('2026-03-02T04:30:00Z')
  assert.deepEqual(axis.ofMoments(days[0], at, at + 1_800_000), { from: 600, to: 630 })
  assert.deepEqual(gapsIn(axis, days[0]), [])
})

test('an hour that comes twice has its rows twice, and the other days have none of the second', () => {
  const days = weekOf(AUTUMN).map((date) => dayOf(BERLIN, date))
  const [monday, sunday] = [days[0], days[6]]
  const axis = axisOf(days)
  assert.equal(axis.total, 25 * HOUR)
  assert.deepEqual(
    axis.marks.slice(1, 5).map(({ row, hour }) => [row / HOUR, hour]),
    [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
    ],
  )
  const first = axis.ofMoments(sunday, Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:00:00Z'))
  const second = axis.ofMoments(sunday, Date.parse('2026-10-25T01:30:00Z'), Date.parse('2026-10-25T02:00:00Z'))
  assert.deepEqual(first, { from: 150, to: 180 })
  assert.deepEqual(second, { from: 210, to: 240 })
  assert.deepEqual(gapsIn(axis, monday), [{ from: 180, to: 240 }])
  assert.deepEqual(gapsIn(axis, sunday), [])
  assert.deepEqual(axis.ofHours(monday, [[120, 240]]), [
    { from: 120, to: 180 },
    { from: 240, to: 300 },
  ])
  assert.deepEqual(axis.ofHours(sunday, [[120, 240]]), [{ from: 120, to: 300 }], 'open in both')
})

test('a skipped hour is a gap on its day only, and the time around it is not stretched', () => {
  const days = weekOf(SPRING).map((date) => dayOf(BERLIN, date))
  const axis = axisOf(days)
  assert.equal(axis.total, 24 * HOUR)
  assert.deepEqual(gapsIn(axis, days[6]), [{ from: 120, to: 180 }])
  assert.deepEqual(gapsIn(axis, days[5]), [])
  assert.deepEqual(axis.ofHours(days[6], [[90, 210]]), [
    { from: 90, to: 120 },
    { from: 180, to: 210 },
  ])
})

test('an hour repeated just before midnight is at the end of the day', () => {
  const days = weekOf('2026-10-29').map((date) => dayOf('Africa/Cairo', date))
  const axis = axisOf(days)
  assert.equal(axis.total, 25 * HOUR)
  assert.deepEqual(gapsIn(axis, days[0]), [{ from: 24 * HOUR, to: 25 * HOUR }])
  assert.deepEqual(gapsIn(axis, days[3]), [])
})

test('rows are joined where they touch', () => {
  const rows = [
    { from: 5, to: 9 },
    { from: 0, to: 3 },
    { from: 3, to: 4 },
    { from: 6, to: 7 },
  ]
  assert.deepEqual(joined(rows), [
    { from: 0, to: 4 },
    { from: 5, to: 9 },
  ])
})

test('what happens at the same time stands side by side, and what comes after has the whole width', () => {
  const piece = (name, from, to) => ({ name, from, to })
  const all = [piece('c', 3, 5), piece('a', 0, 4), piece('b', 1, 3), piece('d', 5, 6)]
  const placed = Object.fromEntries(inLanes(all).map(({ name, lane, lanes }) => [name, [lane, lanes]]))
  assert.deepEqual(placed, { a: [0, 2], b: [1, 2], c: [1, 2], d: [0, 1] })
  assert.deepEqual(inLanes([]), [])
})

test('no two pieces of one lane overlap, however many there are', () => {
  let seed = 7
  const random = (most) => (seed = (seed * 16807) % 2147483647) % most
  const all = Array.from({ length: 200 }, () => random(1000)).map((from) => ({ from, to: from + 1 + random(80) }))
  const placed = inLanes(all)
  assert.equal(placed.length, all.length)
  for (const one of placed)
    for (const other of placed) {
      const overlap = one !== other && one.from < other.to && other.from < one.to
      assert.ok(!overlap || (one.lane !== other.lane && one.lanes === other.lanes))
      assert.ok(one.lane < one.lanes)
    }
})

test('a session over midnight has a piece on both days, its free time with it', () => {
  const night = entry('2026-03-02T18:00:00Z', 60, { buffer_before_minutes: 15, buffer_after_minutes: 30 })
  const [monday, tuesday] = ['2026-03-02', '2026-03-03'].map((date) => dayOf(INDIA, date))
  const [before] = piecesOn(monday, [night])
  const [after] = piecesOn(tuesday, [night])
  assert.deepEqual(
    [iso(before.from), iso(before.starts), iso(before.to)],
    ['2026-03-02T17:45:00Z', '2026-03-02T18:00:00Z', '2026-03-02T18:30:00Z'],
  )
  assert.deepEqual(
    [iso(after.starts), iso(after.ends), iso(after.to)],
    ['2026-03-02T18:30:00Z', '2026-03-02T19:00:00Z', '2026-03-02T19:30:00Z'],
  )
  assert.deepEqual([before.goesOn, after.goesOn], [false, true])
  assert.deepEqual(piecesOn(dayOf(INDIA, '2026-03-04'), [night]), [])
})

test('a week shows the usual hours, and more where something is in them', () => {
  assert.deepEqual([drawn().first / HOUR, drawn().last / HOUR, drawn().hours], [8, 18, 10])
  const early = drawn({ items: [entry('2026-03-02T00:45:00Z', 30)] })
  assert.deepEqual([early.first / HOUR, early.last / HOUR], [6, 18])
  const late = drawn({ availability: { ...HOURS, weekly: { ...CLOSED, sat: [{ from: '20:30', to: '24:00' }] } } })
  assert.equal(late.last / HOUR, 24)
  assert.equal(late.marks.at(-1).top, '100%')
})

test('a piece stands where its time is, the session inside its free time', () => {
  const item = entry('2026-03-02T04:30:00Z', 60, { buffer_after_minutes: 30 })
  const { days } = drawn({ items: [item] })
  const [piece] = days[0].pieces
  assert.deepEqual([piece.top, piece.height, piece.left, piece.width], ['20%', '15%', '0%', '100%'])
  assert.deepEqual([piece.before, piece.after], ['0%', '33.333%'])
  assert.equal(days.flatMap(({ pieces }) => pieces).length, 1)
})

test('hours are open from today on, not on dates off, and not while one is away', () => {
  const range = { from: '09:00', to: '17:00' }
  const open = {
    ...HOURS,
    weekly: { ...CLOSED, mon: [range], tue: [range] },
    blackouts: [{ from: '2026-03-10', to: '2026-03-10' }],
  }
  assert.deepEqual(opened(open, '2026-03-02', '2026-03-02'), [range])
  assert.deepEqual(opened(open, '2026-03-02', '2026-03-03'), [])
  assert.deepEqual(opened(open, '2026-03-10', '2026-03-02'), [])
  assert.deepEqual(opened({ ...open, away: true, away_until: '2026-03-02' }, '2026-03-02', '2026-03-01'), [])
  assert.deepEqual(opened({ ...open, away: true, away_until: '2026-03-02' }, '2026-03-03', '2026-03-01'), [range])
})

test('an entry says whose it is, and leads to its booking or its session', () => {
  const item = entry('2026-03-02T04:30:00Z', 60, {
    kind: 'mentoring',
    status: 'booked',
    with: 'Aarav',
    booking_id: 'bkg_1',
  })
  assert.equal(entryLink(item), '/bookings/bkg_1')
  assert.equal(entryLink({ ...item, session_id: 'ses_1', booking_id: null }), '/s/ses_1')
  assert.equal(entryWords(item, INDIA).who, 'agenda.mentoring_with')
  assert.equal(entryWords({ ...item, kind: 'learning' }, INDIA).who, 'agenda.learning_from')
  assert.equal(entryWords({ ...item, with: null }, INDIA).who, '')
  const free = (before, after) =>
    entryWords({ ...item, buffer_before_minutes: before, buffer_after_minutes: after }, INDIA).free
  assert.deepEqual(
    [free(0, 0), free(15, 0), free(0, 15), free(15, 15)],
    ['', 'agenda.free_before', 'agenda.free_after', 'agenda.free_both'],
  )
})

test('a day says that its clocks change, and a week its days', () => {
  const change = (date) => dayWords({ ...dayOf(BERLIN, date), ranges: [] }).change
  assert.deepEqual([SPRING, AUTUMN, '2026-03-02'].map(change), ['agenda.clocks_forward', 'agenda.clocks_back', ''])
  assert.match(weekWords(weekOf('2026-03-02')), /^2\s?–\s?8 March 2026$/)
  assert.match(weekWords(weekOf('2026-12-31')), /^28 December 2026\s–\s3 January 2027$/)
})
