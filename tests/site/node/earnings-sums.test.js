import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inColumn, movement, short, sum, typed } from '../../../frontend/js/earnings/rupees.js'
import { before, lastMonths, longMonth, monthNow } from '../../../frontend/js/earnings/months.js'

test('sums are grouped as India groups them, and paise are shown where there are any', () => {
  assert.equal(sum(1_00_00_000_00), '₹1,00,00,000')
  assert.equal(sum(212_50), '₹212.50')
  assert.equal(sum(5), '₹0.05')
  assert.equal(sum(-1234_00), '−₹1,234')
  assert.equal(inColumn(425_00), '₹425.00')
  assert.equal(inColumn(-1_00_000_05), '−₹1,00,000.05')
})

test('a movement has its sign, and none is a dash', () => {
  assert.equal(movement(425_00), '+₹425.00')
  assert.equal(movement(-425_00), '−₹425.00')
  assert.equal(movement(0), '–')
})

test('an axis is labelled as shortly as it goes', () => {
  assert.equal(short(0), '₹0')
  assert.equal(short(500_00), '₹500')
  assert.equal(short(2_500_00), 'rupees.thousand')
  assert.equal(short(1_50_000_00), 'rupees.lakh')
  assert.equal(short(2_00_00_000_00), 'rupees.crore')
})

test('typed rupees become whole paise, and what is no sum is refused', () => {
  assert.equal(typed('1,250'), 1250_00)
  assert.equal(typed('₹ 19.99'), 1999)
  assert.equal(typed('0.1'), 10)
  for (const wrong of ['', ' ', '-5', '1.234', 'abc', '1e5']) assert.equal(typed(wrong), null, wrong)
})

test('months are those of India and reach back over the turn of a year', () => {
  assert.equal(monthNow(Date.parse('2026-12-31T18:29:00Z')), '2026-12')
  assert.equal(monthNow(Date.parse('2026-12-31T18:31:00Z')), '2027-01')
  assert.equal(before('2027-01'), '2026-12')
  assert.equal(before('2026-10'), '2026-09')
  assert.deepEqual(
    lastMonths(Date.parse('2027-01-15T00:00:00Z'), 3).map(({ value }) => value),
    ['2027-01', '2026-12', '2026-11'],
  )
  assert.equal(longMonth('2026-11'), 'November 2026')
})
