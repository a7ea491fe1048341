import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartOf, isEmpty, scaleOf, totals } from '../../../frontend/js/earnings/chart.js'

const month = (earned, refunded = 0, paidOut = 0) => ({
  month: '2026-11',
  earned_paise: earned,
  refunded_paise: refunded,
  paid_out_paise: paidOut,
})

test('a scale has round steps and room for the highest bar', () => {
  for (const most of [0, 1, 100_00, 849_15, 7649_15, 1_23_456_00, 98_76_543_21]) {
    const { top, lines } = scaleOf(most)
    assert.ok(top >= most && (most < 100_00 || top <= most * 2.6), `${top} for ${most}`)
    assert.deepEqual([lines[0], lines.at(-1)], [0, top])
    assert.ok(
      lines.every((line) => line % 25 === 0 || line % 2500 === 0),
      String(lines),
    )
  }
  assert.deepEqual(scaleOf(7649_15).lines, [0, 2000_00, 4000_00, 6000_00, 8000_00])
})

test('what was given back stands on what was kept, together as high as what was earned', () => {
  const [drawn] = chartOf([month(8000_00, 2000_00, 4000_00)]).months
  assert.deepEqual([drawn.keptHeight, drawn.refundedHeight, drawn.paidOutHeight], [75, 25, 50])
})

test('more given back than earned leaves no bar below the line', () => {
  const [drawn] = chartOf([month(1000_00, 3000_00)]).months
  assert.equal(drawn.keptHeight, 0)
  assert.equal(drawn.refundedHeight, 100)
})

test('a year without money is empty, and has a scale all the same', () => {
  assert.ok(isEmpty([month(0), month(0)]))
  assert.ok(!isEmpty([month(0), month(0, 0, 1)]))
  assert.ok(chartOf([month(0)]).lines.every(({ at }) => at >= 0 && at <= 100))
})

test('the last line of the table is the sum of its columns', () => {
  assert.deepEqual(totals([month(3, 2, 1), month(30, 20, 10)]), {
    earned_paise: 33,
    refunded_paise: 22,
    paid_out_paise: 11,
  })
})
