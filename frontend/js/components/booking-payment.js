// The money of a booking: where it is paid, what was paid, what goes back, and the receipt.
import { person } from '../app.js'
import { holdLink } from '../booking/links.js'
import { t } from '../i18n.js'
import { refundLines } from '../money/refunds.js'
import { amount } from '../show.js'
import { day } from '../time.js'
import { receipts } from './receipts.js'

// Part of a page that has `booking`, `learning` and `firstName()`.
export const itsPayment = () => ({
  ...receipts(),

  payLink() {
    return holdLink(this.booking)
  },
  // Something was paid, or is on its way back.
  hasPayment() {
    const { payment } = this.booking
    return Boolean(payment) && (payment.status === 'paid' || payment.refunds.length > 0)
  },
  paidWords() {
    const { status, paid_paise: paid, paid_at: at } = this.booking.payment
    if (status !== 'paid') return t('payment.not_kept')
    if (!paid) return t('payment.by_coupon')
    return t('payment.paid', { amount: amount(paid), day: day(at, person.zone) })
  },
  refundLines() {
    return refundLines(this.booking.payment)
  },
  // To the mentor: that it goes back, not by which way.
  refundWords() {
    const { refund, viewer } = this.booking
    if (!refund?.paise || viewer !== 'mentor') return ''
    return t('refund.to_learner', { name: this.firstName(), amount: amount(refund.paise) })
  },
})
