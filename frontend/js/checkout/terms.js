// What cancelling would bring back, one line each, before anything is paid; and the lines of the price.
import { t } from '../i18n.js'
import { partOf } from '../money/sums.js'
import { amount } from '../show.js'
import { when } from '../time.js'

// The steps that are still ahead; the last one stands without a moment of its own.
export function terms({ cancel, payment, session }, now, zone) {
  const paid = payment.payable_paise
  const ahead = cancel.steps.filter(({ until, percent }) => percent && now < Date.parse(until))
  const lines = ahead.map(({ until, percent }) =>
    t('checkout.term_back', { when: when(until, zone), percent, amount: amount(partOf(paid, percent)) }),
  )
  const name = session.mentor.name.split(' ')[0]
  return [...lines, t(lines.length ? 'checkout.term_later' : 'checkout.term_none'), t('checkout.term_mentor', { name })]
}

export const zeroToPay = ({ payment }) => payment?.payable_paise === 0
