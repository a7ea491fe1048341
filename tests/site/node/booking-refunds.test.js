import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cashOf, consequence, tiers } from '../../../frontend/js/booking/refunds.js'

const STEPS = [
  { until: '2026-11-23T13:00:00Z', percent: 100 },
  { until: '2026-11-24T11:00:00Z', percent: 50 },
  { until: '2026-11-24T13:00:00Z', percent: 0 },
]
const states = (now) => tiers(STEPS, Date.parse(now)).map((each) => each.state)

test('the line that counts now is marked, at its very last second too', () => {
  assert.deepEqual(states('2026-11-23T12:59:59Z'), ['now', 'ahead', 'ahead'])
  assert.deepEqual(states('2026-11-23T13:00:00Z'), ['past', 'now', 'ahead'])
  assert.deepEqual(states('2026-11-24T11:00:00Z'), ['past', 'past', 'now'])
  assert.deepEqual(states('2026-11-24T13:00:00Z'), ['past', 'past', 'past'])
})

test('each person reads what cancelling would mean for them', () => {
  const of = (viewer, paid, back) =>
    consequence({
      viewer,
      price_paise: paid,
      learner: { name: 'Lena' },
      cancel: { refund_percent: 50, refund_paise: back },
    })
  assert.equal(of('learner', 0, 0), 'cancel.free')
  assert.equal(of('mentor', 0, 0), 'cancel.free_mentor')
  assert.equal(of('learner', 50_000, 25_000), 'cancel.part')
  assert.equal(of('learner', 50_000, 0), 'cancel.nothing')
  assert.equal(of('mentor', 50_000, 50_000), 'cancel.whole_mentor')
  assert.equal(of('mentor', 50_000, 0), 'cancel.free_mentor')
})

test('what comes back is counted of the money that was paid, and a coupon brings none', () => {
  const booking = { viewer: 'learner', price_paise: 50_000, learner: { name: 'Lena' } }
  const nothing = { ...booking, payment: { paid_paise: 0 }, cancel: { refund_percent: 100, refund_paise: 0 } }
  assert.equal(cashOf({ ...booking, payment: { paid_paise: 40_000 } }), 40_000)
  assert.equal(cashOf({ ...booking, payment: null }), 50_000)
  assert.equal(consequence(nothing), 'cancel.by_coupon')
})
