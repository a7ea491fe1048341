import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorthKeeping, kept, restored } from '../../../frontend/js/wizard/drafts.js'
import { changes, copied, inForm, isEditable, isLocked, merged } from '../../../frontend/js/wizard/editing.js'
import { firstWrong, refusal, startsAt, wrongAt } from '../../../frontend/js/wizard/steps.js'

const KOLKATA = 'Asia/Kolkata'
const now = Date.parse('2026-03-02T12:00:00Z')
const about = { zone: KOLKATA, now }
const values = {
  title: 'Sorting, from the ground up',
  description: 'We write three sorts and measure them.',
  topics: ['Python'],
  domain: 'programming',
  date: '2026-03-04',
  time: '18:30',
  duration_minutes: '60',
  price: '',
}
const session = {
  id: 'ses_1',
  title: values.title,
  description: values.description,
  topics: ['Python'],
  domain: 'programming',
  starts_at: '2026-03-04T13:00:00Z',
  duration_minutes: 60,
  price_paise: 0,
  status: 'open',
  viewer: 'mentor',
  version: 3,
}
const wrong = (step, changes, more = {}) => Object.keys(wrongAt(step, { ...values, ...changes }, { ...about, ...more }))

test('each step asks for its own', () => {
  assert.deepEqual(wrong(1, { title: '', date: '' }), ['title'])
  assert.deepEqual(wrong(2, { title: '', date: '' }), ['date'])
  assert.deepEqual(wrong(3, { price: '3' }), ['price'])
  assert.deepEqual(wrong(4, { title: '', date: '' }), [])
})

test('a start lies in the future, unless it is the one that stands already', () => {
  const past = { date: '2026-03-02', time: '17:15' }
  assert.deepEqual(wrong(2, past), ['date'])
  assert.deepEqual(wrong(2, { ...past, time: '17:45' }), [])
  assert.deepEqual(wrong(2, past, { kept: '2026-03-02T11:45:00Z' }), [])
})

test('an hour that clocks skip is no start', () => {
  assert.deepEqual(wrong(2, { date: '2026-03-29', time: '02:30' }, { zone: 'Europe/Berlin' }), ['time'])
  assert.equal(startsAt({ date: '2026-03-29', time: '02:30' }, 'Europe/Berlin'), null)
})

test('the first step that is wrong is found', () => {
  assert.equal(firstWrong(values, about), null)
  assert.equal(firstWrong({ ...values, date: '', price: '3' }, about), 2)
})

test('a refusal leads to the step that can mend it, with its words at the field', () => {
  assert.deepEqual(refusal({ code: 'invalid', fields: { starts_at: 'Too soon.', price_paise: 'Free only.' } }), {
    step: 2,
    errors: { time: 'Too soon.', price: 'Free only.' },
  })
  assert.deepEqual(refusal({ code: 'invalid', fields: { 'topics[0]': 'Too long.' } }), {
    step: 1,
    errors: { topics: 'Too long.' },
  })
  assert.equal(refusal({ code: 'time_taken' }).step, 2)
  assert.equal(refusal({ code: 'day_full' }).step, 2)
  assert.equal(refusal({ code: 'offline' }).step, 4)
})

test('a session is in the form by the clock of its mentor', () => {
  assert.deepEqual(inForm(session, KOLKATA), values)
  assert.equal(inForm(session, 'America/New_York').time, '08:00')
  assert.deepEqual([copied(session).title, copied(session).date, copied(session).time], [values.title, '', ''])
})

test('only what is different is sent', () => {
  assert.deepEqual(changes(values, session, KOLKATA), {})
  assert.deepEqual(changes({ ...values, time: '18:45', topics: ['Python', 'Tests'] }, session, KOLKATA), {
    topics: ['Python', 'Tests'],
    starts_at: '2026-03-04T13:15:00Z',
  })
})

test('its own mentor may change it until five minutes before', () => {
  assert.equal(isEditable(session, now), true)
  assert.equal(isEditable({ ...session, viewer: 'none' }, now), false)
  assert.equal(isEditable({ ...session, status: 'cancelled' }, now), false)
  assert.equal(isEditable(session, Date.parse('2026-03-04T12:55:00Z')), false)
})

test('once somebody has it, only words can be changed', () => {
  assert.deepEqual(
    ['open', 'held', 'booked'].map((status) => isLocked({ status })),
    [false, true, true],
  )
})

test('what was changed elsewhere comes in, and what was changed here stays, as far as it may', () => {
  const mine = { ...values, title: 'Sorting, the short way', time: '19:00' }
  const open = { ...session, version: 4, description: 'Two sorts.' }
  assert.deepEqual(merged(mine, session, open, KOLKATA), { ...mine, description: 'Two sorts.' })
  const booked = { ...open, status: 'booked' }
  assert.deepEqual(merged(mine, session, booked, KOLKATA), { ...mine, description: 'Two sorts.', time: '18:30' })
})

test('a draft keeps what has been filled in and comes back as it was', () => {
  const blank = { ...values, title: '', description: '', topics: [], domain: '', date: '', time: '' }
  const begun = { ...blank, title: 'Sorting', duration_minutes: '45' }
  assert.deepEqual(kept(begun, 2), { title: 'Sorting', duration_minutes: 45, step: 2 })
  assert.deepEqual(restored(blank, kept(begun, 2)), { values: begun, step: 2 })
  assert.deepEqual(restored(blank, kept({ ...values, price: '75.5' }, 4)), {
    values: { ...values, price: '75.5' },
    step: 4,
  })
  assert.deepEqual(restored(blank, {}), { values: blank, step: 1 })
  assert.deepEqual([isWorthKeeping(begun), isWorthKeeping({ ...blank, domain: 'music' })], [true, false])
})
