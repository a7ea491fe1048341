import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountsOf, difference, isBalanced, verdict } from '../../../frontend/js/admin/books.js'
import { BLANK, CHECKS, sent } from '../../../frontend/js/admin/coupons.js'
import { amountFault, awarded, needsAnother, percentOf } from '../../../frontend/js/admin/deciding.js'
import { problems } from '../../../frontend/js/checks.js'

test('a decision gives that part of what is left, halves rounded up', () => {
  assert.equal(awarded(1000_00, 50), 500_00)
  assert.equal(awarded(10_01, 50), 5_01)
  assert.equal(awarded(1000_00, 0), 0)
  assert.equal(awarded(1000_00, 100), 1000_00)
})

test('less than a rupee neither goes nor stays alone', () => {
  assert.equal(awarded(5_00, 10), 1_00)
  assert.equal(awarded(5_00, 90), 5_00)
  assert.equal(awarded(50, 10), 50)
})

test('a part is at least a rupee, at most what can go back, and leaves no less than a rupee', () => {
  for (const fits of [1_00, 250_00, 499_00, 500_00]) assert.equal(amountFault(fits, 500_00), '', fits)
  assert.equal(amountFault(null, 500_00), 'check.amount')
  for (const wrong of [0, 99, 500_01]) assert.equal(amountFault(wrong, 500_00), 'check.amount_range', wrong)
  assert.equal(amountFault(499_01, 500_00), 'check.amount_rest')
  assert.equal(amountFault(50, 50), '')
})

test('percents are whole and between nothing and everything', () => {
  assert.equal(percentOf('0'), 0)
  assert.equal(percentOf(' 100 '), 100)
  for (const wrong of ['', '101', '-1', '12.5', 'half']) assert.equal(percentOf(wrong), null, wrong)
})

test('it takes two admins once their refunds of a booking come to more than ten thousand rupees', () => {
  const payment = {
    refunds: [
      { why: 'admin', paise: 6000_00 },
      { why: 'cancelled', paise: 9000_00 },
    ],
  }
  assert.ok(!needsAnother(payment, 4000_00))
  assert.ok(needsAnother(payment, 4000_01))
  assert.ok(!needsAnother({ refunds: [] }, 10_000_00))
})

test('accounts stand as debits and credits, and come to zero or not', () => {
  const books = accountsOf({ world: -500, gateway: 400, fees: 100 })
  assert.deepEqual(
    books.rows.map(({ account }) => account),
    ['fees', 'gateway', 'world'],
  )
  assert.deepEqual([books.debit, books.credit], [500, 500])
  assert.ok(isBalanced(books))
  assert.ok(!isBalanced(accountsOf({ world: -500, gateway: 499 })))
  assert.ok(isBalanced(accountsOf(undefined)))
})

test('a comparison agrees, agrees after something was taken up, or differs', () => {
  const report = (parts) => ({ differences: [], mended: [], wrong: [], ...parts })
  assert.equal(verdict(report()), 'agrees')
  assert.equal(verdict(report({ mended: ['posting x'] })), 'mended')
  assert.equal(verdict(report({ wrong: ['does not sum to zero'], mended: ['posting x'] })), 'differs')
  assert.equal(verdict(report({ differences: [{}] })), 'differs')
  assert.equal(difference({ ours_paise: 425_00, theirs_paise: 425_01 }), -1)
})

test('a coupon takes off percent or an amount, never both', () => {
  const typed = {
    ...BLANK,
    code: ' diwali 26',
    percent: '20',
    amount_paise: '100',
    budget_paise: '50,000',
    expires_on: '2026-12-31',
  }
  assert.deepEqual(problems(CHECKS, typed), {})
  const body = { code: 'DIWALI26', expires_on: '2026-12-31', budget_paise: 50_000_00 }
  assert.deepEqual(sent(typed), { ...body, percent: 20, amount_paise: 0 })
  assert.deepEqual(sent({ ...typed, sort: 'amount' }), { ...body, percent: 0, amount_paise: 100_00 })
  assert.deepEqual(Object.keys(problems(CHECKS, BLANK)), ['code', 'percent', 'budget_paise', 'expires_on'])
  assert.ok(problems(CHECKS, { ...typed, percent: '0' }).percent)
  assert.ok(problems(CHECKS, { ...typed, sort: 'amount', amount_paise: '0.50' }).amount_paise)
})
