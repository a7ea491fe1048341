import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, following, isBusy, isPayable, standing } from '../../../frontend/js/checkout/state.js'
import { terms } from '../../../frontend/js/checkout/terms.js'

const NOW = Date.parse('2026-11-24T10:00:00Z')
const LATER = '2026-11-24T10:10:00Z'
const EARLIER = '2026-11-24T09:50:00Z'
const walk = (state, ...events) => events.reduce(after, state)
const back = (why) => ({ refunds: [{ paise: 50_000, why, status: 'due' }] })

test('paying goes from the press to the window to the proof', () => {
  assert.equal(walk('ready', 'press', 'opened', 'handed'), 'proving')
  assert.equal(walk('proving', 'unproven', 'tired', 'again'), 'processing')
})

test('a try that failed is tried again, in the window or by another press', () => {
  assert.equal(walk('open', 'declined', 'dismissed'), 'failed')
  assert.equal(walk('open', 'declined', 'handed'), 'proving')
  assert.equal(walk('open', 'declined', 'press'), 'opening')
})

test('who closes the window stays with the button, and who cannot reach the gateway may try again', () => {
  assert.equal(walk('ready', 'press', 'opened', 'dismissed'), 'ready')
  assert.equal(walk('ready', 'press', 'unreachable', 'press'), 'opening')
  assert.equal(walk('ready', 'press', 'refused'), 'ready')
})

test('what was handed over once the hold was over is still brought to the server', () => {
  assert.equal(walk('lapsed', 'handed'), 'proving')
})

test('events that come twice or out of turn change nothing', () => {
  assert.equal(walk('proving', 'dismissed', 'declined', 'press', 'handed'), 'proving')
  assert.equal(walk('paid', 'press', 'handed', 'declined', 'tired'), 'paid')
  assert.equal(walk('processing', 'press'), 'processing')
})

test('the button is out of reach only while a request is under way', () => {
  const states = ['ready', 'opening', 'open', 'proving', 'failed', 'unavailable']
  assert.deepEqual(states.filter(isBusy), ['opening', 'proving'])
  assert.deepEqual(['paid', 'lapsed', 'processing', 'returned', 'over'].filter(isPayable), [])
})

test('a booking is payable until the very moment its hold ends', () => {
  const held = { status: 'held', pay_by: LATER, payment: { refunds: [] } }
  assert.equal(standing(held, NOW), 'payable')
  assert.equal(standing(held, Date.parse(LATER) - 1), 'payable')
  assert.equal(standing(held, Date.parse(LATER)), 'lapsed')
})

test('what became of a booking is read from the server', () => {
  assert.equal(standing({ status: 'confirmed', pay_by: null, payment: back('paid_twice') }, NOW), 'paid')
  assert.equal(standing({ status: 'expired', pay_by: null, payment: back('too_late') }, NOW), 'returned')
  assert.equal(standing({ status: 'expired', pay_by: null, payment: { refunds: [] } }, NOW), 'lapsed')
  assert.equal(standing({ status: 'cancelled_by_learner', payment: back('cancelled') }, NOW), 'over')
  assert.equal(standing({ status: 'cancelled_by_platform', payment: null }, NOW), 'over')
})

test('the server has the last word, whatever this page thought', () => {
  for (const state of ['ready', 'open', 'failed', 'processing', 'waiting', 'lapsed', 'opening']) {
    assert.equal(following(state, 'paid'), 'paid')
    assert.equal(following(state, 'returned'), 'returned')
    assert.equal(following(state, 'over'), 'over')
  }
})

test('a hold that ends takes the button away, but not the wait for money under way', () => {
  assert.equal(following('ready', 'lapsed'), 'lapsed')
  assert.equal(following('open', 'lapsed'), 'lapsed')
  assert.equal(following('processing', 'lapsed'), 'processing')
  assert.equal(following('waiting', 'lapsed'), 'waiting')
})

test('a page that opens stands where the booking does', () => {
  assert.equal(following('loading', 'payable'), 'ready')
  assert.equal(following('loading', 'lapsed'), 'lapsed')
  assert.equal(following('failed', 'payable'), 'failed')
})

test('each cancellation term that is still ahead has a line, and past ones have none', () => {
  const booking = (steps) => ({
    cancel: { steps },
    payment: { payable_paise: 50_000 },
    session: { mentor: { name: 'Meera Thomas' } },
  })
  const steps = [
    { until: LATER, percent: 100 },
    { until: LATER, percent: 50 },
    { until: LATER, percent: 0 },
  ]
  assert.deepEqual(terms(booking(steps), NOW, 'UTC'), [
    'checkout.term_back',
    'checkout.term_back',
    'checkout.term_later',
    'checkout.term_mentor',
  ])
  const past = steps.map((step) => ({ ...step, until: EARLIER }))
  assert.deepEqual(terms(booking(past), NOW, 'UTC'), ['checkout.term_none', 'checkout.term_mentor'])
})
