// Money that goes back, in words: why, and how far it has come.
import { t } from '../i18n.js'
import { amount } from '../show.js'

// Reasons that are nobody's choice: a payment that could not be kept.
const STRAY = new Set(['too_late', 'wrong_amount', 'paid_twice'])

const listOf = (payment) => payment?.refunds ?? []

export const strays = (payment) => listOf(payment).filter(({ why }) => STRAY.has(why))

// One line for each refund of a booking's payment: {why, words, status}.
export const refundLines = (payment) =>
  listOf(payment).map(({ paise, why, status }) => ({
    why: t(`refund_why.${why}`),
    words: t(`refund.${status}`, { amount: amount(paise) }),
    status,
  }))
