// What a decision or a refund would do, before it is sent: sums as the server makes them.
import { partOf } from '../money/sums.js'

const LEAST = 100 // paise: what the gateway moves alone
export const ALONE = 10_000_00 // above it a second admin has to ask for the same

// That part of what is left; less than a rupee goes, or stays, with the rest.
export function awarded(left, percent) {
  const part = partOf(left, percent)
  const paise = part > 0 && part < LEAST ? Math.min(LEAST, left) : part
  return left - paise > 0 && left - paise < LEAST ? left : paise
}

// The words, if any, about a sum that cannot go back: neither it nor what it leaves may be less than a rupee.
export function amountFault(paise, left) {
  if (paise === null) return 'check.amount'
  if (paise > left || paise < Math.min(LEAST, left)) return 'check.amount_range'
  return paise < left && left - paise < LEAST ? 'check.amount_rest' : ''
}

// Typed percents as a whole number within 0 and 100; null is none.
export function percentOf(typed) {
  const plain = String(typed ?? '').trim()
  return /^\d{1,3}$/.test(plain) && Number(plain) <= 100 ? Number(plain) : null
}

// Whether a refund of so much takes two admins, after what admins have given back already.
export const needsAnother = (payment, paise) =>
  paise + payment.refunds.filter(({ why }) => why === 'admin').reduce((all, each) => all + each.paise, 0) > ALONE
