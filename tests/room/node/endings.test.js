import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ending } from '../../../frontend/js/room/endings.js'

const entry = (role, price = 0) => ({
  role,
  peer: { name: 'Asha' },
  booking_id: 'bkg_1',
  session: { price_paise: price },
})

test('what became of the session is said to each side in its own words', () => {
  for (const outcome of ['no_show_learner', 'no_show_mentor', 'no_show_both', 'cancelled'])
    for (const role of ['mentor', 'learner']) {
      const said = ending({ phase: 'ended', why: 'over', outcome, entry: entry(role), about: null })
      assert.equal(said.heading, `room.outcome.${outcome}-${role}-heading`)
      assert.equal(said.text, `room.outcome.${outcome}-${role}-text`)
    }
})

test('one that was held, or not settled yet, has just ended', () => {
  for (const outcome of ['completed', ''])
    assert.equal(
      ending({ phase: 'ended', why: 'you', outcome, entry: entry('mentor'), about: null }).heading,
      'room.end.ended-you-heading',
    )
})

test('where money was paid, one reads where it goes', () => {
  const said = (outcome, role) =>
    ending({ phase: 'ended', why: 'over', outcome, entry: entry(role, 50_000), about: null }).text.split(' ')[1]
  assert.equal(said('no_show_mentor', 'learner'), 'room.outcome.money.back')
  assert.equal(said('no_show_learner', 'mentor'), 'room.outcome.money.paid')
  assert.equal(said('no_show_learner', 'learner'), 'room.outcome.money.kept')
  assert.equal(said('no_show_mentor', 'mentor'), undefined)
})

test('the way on is the booking and the dashboard of that side, also for one who comes after the end', () => {
  const about = { role: 'mentor', name: '', booking: 'bkg_2', price: 0 }
  const late = ending({ phase: 'ended', why: 'over', outcome: 'completed', entry: null, about })
  assert.deepEqual([late.home, late.booking], ['/mentor', '/bookings/bkg_2'])
  const stranger = ending({ phase: 'refused', why: 'missing', outcome: '', entry: null, about: null })
  assert.deepEqual(
    [stranger.home, stranger.booking, stranger.heading],
    ['/dashboard', '', 'room.end.refused-missing-heading'],
  )
})
