import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hindrance } from '../../../frontend/js/earnings/asking.js'
import { BANK_CHECKS, UPI_CHECKS, bankOf, pan } from '../../../frontend/js/earnings/banks.js'
import { bookingLink, entryText, entryWords, named } from '../../../frontend/js/earnings/entries.js'
import { badgeOf, reason, stateWords, wantsMending } from '../../../frontend/js/earnings/payouts.js'

test('each state of a payout has words, and only what came back is to be mended', () => {
  const words = (status) => stateWords({ status })
  assert.equal(words('asked'), 'payout.state.asked')
  assert.equal(words('begun'), 'payout.state.on_its_way')
  assert.equal(words('sent'), 'payout.state.at_the_bank')
  assert.equal(words('processed'), 'payout.state.arrived')
  assert.equal(words('held'), 'payout.state.held')
  assert.equal(words('refused'), 'payout.state.not_sent')
  for (const status of ['failed', 'reversed']) {
    assert.equal(words(status), 'payout.state.came_back')
    assert.ok(wantsMending({ status }))
    assert.equal(badgeOf({ status }), 'badge-bad')
  }
  assert.ok(!wantsMending({ status: 'processed' }))
  assert.equal(words('something new'), 'payout.state.on_its_way')
  assert.equal(reason({ words: '' }), '')
})

test('what stands in the way of a payout says where it is mended', () => {
  const asking = (why) => hindrance({ can_ask: { ok: false, why }, payee: null }, () => 'then')
  assert.equal(hindrance({ can_ask: { ok: true } }), null)
  assert.equal(asking('no_payee').link, '/mentor/payout-details')
  assert.equal(asking('no_pan').link, '/mentor/payout-details#pan')
  assert.equal(asking('too_little').link, '')
  assert.equal(asking('too_little').words, 'earnings.cannot.too_little')
  assert.equal(asking('unheard of').words, 'earnings.cannot.other')
})

test('a bank is recognised by the first letters of its IFSC, however they are typed', () => {
  assert.equal(bankOf('hdfc0001234'), 'HDFC Bank')
  assert.equal(bankOf(' SBIN 0001'), 'State Bank of India')
  assert.equal(bankOf('ZZZZ0001234'), '')
  assert.equal(bankOf(''), '')
})

test('account details are checked field by field', () => {
  const { holder, account_number: number, account_number_again: again, ifsc } = BANK_CHECKS
  assert.equal(holder('Meera Thomas'), '')
  assert.equal(holder('मीरा'), 'check.holder')
  assert.equal(number('1234 5678 9012'), '')
  assert.equal(number('12345678'), 'check.account_number')
  assert.equal(again('123-456-789', { account_number: '123456789' }), '')
  assert.equal(again('123456780', { account_number: '123456789' }), 'check.account_again')
  assert.equal(ifsc('hdfc0001234'), '')
  assert.equal(ifsc('HDFC1001234'), 'check.ifsc')
  assert.equal(UPI_CHECKS.address('meera.t@okhdfcbank'), '')
  assert.equal(UPI_CHECKS.address('meera@example.com'), 'check.upi')
  assert.equal(pan('abcde 1234 f'), '')
  assert.equal(pan('ABCDE12345'), 'check.pan')
})

test('each movement has words and leads to its booking; lines that differ have names that differ', () => {
  assert.equal(entryWords({ what: 'captured' }), 'entry.captured')
  assert.equal(entryWords({ what: 'unheard of' }), 'entry.other')
  assert.equal(entryText({ what: 'unheard of' }), '')
  assert.equal(bookingLink({ booking_id: 'bkg_1' }), '/bookings/bkg_1')
  assert.equal(bookingLink({ booking_id: '' }), '')
  const line = {
    at: '2026-11-22T10:00:00Z',
    what: 'refund',
    booking_id: 'bkg_1',
    pending_paise: -1,
    available_paise: 0,
  }
  const [one, two] = named([line, { ...line, pending_paise: -2 }])
  assert.notEqual(one.id, two.id)
})
