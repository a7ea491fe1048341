import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refundLines, strays } from '../../../frontend/js/money/refunds.js'
import { feeOf, partOf, shareOf } from '../../../frontend/js/money/sums.js'
import { amount, price } from '../../../frontend/js/show.js'

test('a price is shared as the server shares it, halves of a paisa rounded up to the fee', () => {
  assert.deepEqual([feeOf(50_000, 1500), shareOf(50_000, 1500)], [7_500, 42_500])
  assert.deepEqual([feeOf(10_010, 1500), shareOf(10_010, 1500)], [1_502, 8_508])
  assert.equal(feeOf(333, 1500) + shareOf(333, 1500), 333)
})

test('half of an odd sum is rounded up', () => {
  assert.equal(partOf(49_999, 50), 25_000)
  assert.equal(partOf(50_000, 0), 0)
})

test('sums are written in rupees with Indian grouping, and paise only where there are any', () => {
  assert.equal(amount(1_00_000_00), '₹1,00,000')
  assert.equal(amount(212_50), '₹212.50')
  assert.equal(amount(0), '₹0')
  assert.equal(price(0), 'price.free')
})

test('each refund says why and how far it is; what could not be kept is told apart', () => {
  const payment = {
    refunds: [
      { paise: 25_000, why: 'cancelled', status: 'sent' },
      { paise: 50_000, why: 'too_late', status: 'failed' },
    ],
  }
  assert.deepEqual(refundLines(payment)[0], { why: 'refund_why.cancelled', words: 'refund.sent', status: 'sent' })
  assert.equal(refundLines(payment)[1].words, 'refund.failed')
  assert.deepEqual(strays(payment), [payment.refunds[1]])
  assert.deepEqual([strays(null), refundLines(null)], [[], []])
})
