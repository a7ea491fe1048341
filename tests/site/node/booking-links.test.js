import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdLink } from '../../../frontend/js/booking/links.js'
import { shareWords } from '../../../frontend/js/pitch/share.js'

test('a hold leads to be paid where it has a price, and to be confirmed where it has none', () => {
  assert.equal(holdLink({ id: 'bkg_1', price_paise: 50_000 }), '/checkout/bkg_1')
  assert.equal(holdLink({ id: 'bkg_1', price_paise: 0 }), '/bookings/bkg_1')
})

test('a mentor reads what they receive, and nothing beside a price that is none', () => {
  assert.equal(shareWords(50_000, 1500), 'pitch.share')
  assert.equal(shareWords(0, 1500), '')
  assert.equal(shareWords(null, 1500), '')
  assert.equal(shareWords(50_000, null), '')
})
