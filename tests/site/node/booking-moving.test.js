import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againLink, timesLink } from '../../../frontend/js/booking/links.js'
import { atNight, immovable, quarters, sameLength } from '../../../frontend/js/booking/moving.js'

const hour = { id: 'off_1', title: 'An hour', duration_minutes: 60 }
const other = { id: 'off_2', title: 'Code review', duration_minutes: 60 }
const half = { id: 'off_3', title: 'Half an hour', duration_minutes: 30 }

test('open times are asked for by the offering that was booked, else by one of the same length', () => {
  assert.equal(sameLength([half, hour, other], { title: 'Code review', duration_minutes: 60 }), 'off_2')
  assert.equal(sameLength([half, hour, other], { title: 'Renamed since', duration_minutes: 60 }), 'off_1')
  assert.equal(sameLength([half], { title: 'An hour', duration_minutes: 60 }), '')
})

test('a day has ninety-six quarter-hours, in the order of the clock', () => {
  const all = quarters()
  assert.equal(all.length, 96)
  assert.deepEqual([all[0].value, all[1].value, all[95].value], ['00:00', '00:15', '23:45'])
})

test('the night is from ten to seven, by each zone’s own clock', () => {
  const nights = ['16:15', '16:30', '01:29', '01:30'].map((time) => atNight(`2026-11-24T${time}:00Z`, 'Asia/Kolkata'))
  assert.deepEqual(nights, [false, true, true, false])
  assert.equal(atNight('2026-11-24T16:30:00Z', 'Europe/Berlin'), false)
})

const until = '2026-11-24T01:00:00Z'
const booking = (changes) => ({
  can: { propose: true },
  proposal: null,
  reschedules_left: 2,
  propose_until: until,
  ...changes,
})
const why = (changes, now = '2026-11-23T12:00:00Z') => immovable(booking(changes), Date.parse(now))

test('why no other time can be proposed is said, and nothing where one can', () => {
  assert.equal(why({}), '')
  assert.equal(why({ proposal: { by: 'mentor' } }), '')
  assert.equal(why({ reschedules_left: 0 }), 'move.moved_twice')
  assert.equal(why({}, until), '')
  assert.equal(why({ can: { propose: false } }), 'move.not_now')
  assert.equal(why({ can: { propose: false } }, '2026-11-24T01:00:01Z'), '')
})

const booked = (origin) => ({
  origin,
  session: { id: 'ses_1', title: 'An hour', duration_minutes: 60, starts_at: until, mentor: { slug: 'ana' } },
})

test('booking again begins where the last time did', () => {
  assert.equal(againLink(booked('slot'), [half, hour]), '/m/ana?offering=off_1')
  assert.equal(againLink(booked('slot'), []), '/m/ana')
  assert.equal(timesLink(booked('slot'), [hour]), '/m/ana?offering=off_1&at=2026-11-24T01%3A00%3A00Z')
  assert.equal(timesLink(booked('published'), [hour]), '/s/ses_1')
})
