// What cancelling costs and brings back, in words, before anybody presses the button.
import { t } from '../i18n.js'
import { amount } from '../show.js'

// Until when how much comes back; `state` is past, now or ahead.
export function tiers(steps, now) {
  const current = steps.findIndex(({ until }) => now < Date.parse(until))
  return steps.map((step, n) => {
    const state = n === current ? 'now' : current === -1 || n < current ? 'past' : 'ahead'
    return { ...step, state }
  })
}

// What percentages are of: the money that was paid, a coupon's part left out.
export const cashOf = ({ price_paise: asked, payment }) => payment?.paid_paise ?? asked

// The consequence of cancelling now, as one sentence.
export function consequence(booking) {
  const { viewer, learner, cancel } = booking
  const back = amount(cancel.refund_paise)
  if (viewer === 'mentor') {
    const words = { name: learner.name, amount: back }
    return t(cancel.refund_paise ? 'cancel.whole_mentor' : 'cancel.free_mentor', words)
  }
  if (!cashOf(booking)) return t(booking.price_paise ? 'cancel.by_coupon' : 'cancel.free')
  if (!cancel.refund_paise) return t('cancel.nothing')
  return t('cancel.part', { amount: back, percent: cancel.refund_percent })
}
