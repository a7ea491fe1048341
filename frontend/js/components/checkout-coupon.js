// A coupon on what is to be paid: typed, applied, removed; refusals in words.
import { api } from '../app.js'
import { t } from '../i18n.js'
import { amount } from '../show.js'
import { focusSoon } from './focus.js'

const WORDS = {
  coupon_unknown: 'coupon.unknown',
  coupon_over: 'coupon.over',
  coupon_used: 'coupon.used',
  order_made: 'coupon.order_made',
}

// Part of a page that has `booking`, `path(move)`, `take(view)`, `ordered` (then the price stands) and `root`.
export const coupons = () => ({
  couponState: 'closed', // closed -> typing -> applying; removing, from a coupon that is there
  couponCode: '',
  couponProblem: '',
  couponSaid: '', // what has just changed, for who does not see it

  openCoupon() {
    Object.assign(this, { couponState: 'typing', couponProblem: '' })
    focusSoon(this.root, 'coupon')
  },
  closeCoupon() {
    Object.assign(this, { couponState: 'closed', couponCode: '', couponProblem: '' })
    focusSoon(this.root, 'addCoupon')
  },
  couponBusy() {
    return this.couponState === 'applying' || this.couponState === 'removing'
  },

  async applyCoupon() {
    const code = this.couponCode.trim()
    if (this.couponBusy()) return
    if (!code) return this.sayCoupon(t('coupon.empty'))
    Object.assign(this, { couponState: 'applying', couponProblem: '' })
    try {
      this.take(await api.post(this.path('/coupon'), { code }))
      Object.assign(this, { couponState: 'closed', couponCode: '', couponSaid: this.toPayWords() })
      focusSoon(this.root, 'removeCoupon')
    } catch (error) {
      this.couponState = 'typing'
      this.sayCoupon(this.couponWords(error))
    }
  },
  async removeCoupon() {
    if (this.couponBusy()) return
    Object.assign(this, { couponState: 'removing', couponProblem: '' })
    try {
      this.take(await api.remove(this.path('/coupon')))
      Object.assign(this, { couponState: 'closed', couponSaid: this.toPayWords() })
      focusSoon(this.root, 'addCoupon')
    } catch (error) {
      Object.assign(this, { couponState: 'closed', couponProblem: this.couponWords(error) })
    }
  },
  couponWords({ code, message, fields }) {
    if (code === 'order_made') this.ordered = true
    return WORDS[code] ? t(WORDS[code]) : (fields?.code ?? message)
  },
  sayCoupon(words) {
    this.couponProblem = words
    focusSoon(this.root, 'coupon')
  },
  toPayWords() {
    return t('coupon.now', { amount: amount(this.booking.payment.payable_paise) })
  },
})
