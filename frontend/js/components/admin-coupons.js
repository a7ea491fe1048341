// Coupons: the list, a new one, and an end to one.
import { BLANK, CHECKS, sent } from '../admin/coupons.js'
import { api } from '../app.js'
import { sum } from '../earnings/rupees.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { dateIn, day } from '../time.js'
import { focusSoon } from './focus.js'
import { liveFeed } from './live-feed.js'
import { failed, toast } from './toasts.js'

const BADGES = { open: 'badge-good', over: '', closed: '' }

const list = liveFeed(
  async (cursor, limit) => {
    const { items, next } = await api.get('/admin/coupons', { cursor, limit })
    return { items: items.map((each) => ({ ...each, id: each.code })), next }
  },
  'admin',
  () => false,
)

export const coupons = () => ({
  ...list,
  closing: null, // the one that the dialog is about
  ending: 'no', // no -> yes
  sum,
  init() {
    const { $root } = this
    this.again = async () => {
      await this.load({ quiet: true })
      focusSoon($root, 'coupons')
    }
    return list.init.call(this)
  },
  badge: ({ status }) => BADGES[status],
  statusWords: ({ status }) => t(`coupon_admin.status.${status}`),
  offWords: ({ percent, amount_paise: amount }) =>
    t('coupon_admin.off', { off: percent ? `${percent} %` : sum(amount) }),
  untilWords: ({ expires_on: date }) => t('coupon_admin.until', { day: day(`${date}T00:00:00Z`, 'UTC') }),
  ask(coupon) {
    this.closing = coupon
    this.$refs.close.showModal()
  },
  async close() {
    if (this.ending === 'yes') return
    this.ending = 'yes'
    try {
      await api.post(`/admin/coupons/${encodeURIComponent(this.closing.code)}/close`)
      toast(t('coupon_admin.closed', { code: this.closing.code }))
    } catch (error) {
      failed(error)
    }
    this.$refs.close.close()
    this.ending = 'no'
    await this.load({ quiet: true })
  },
})

export const couponForm = () => ({
  ...form({
    values: { ...BLANK },
    checks: CHECKS,
    send: (values) => api.post('/admin/coupons', sent(values)),
    async done({ code }) {
      Object.assign(this, { values: { ...BLANK }, state: 'ready' })
      toast(t('coupon_admin.made', { code }))
      await this.again()
    },
  }),
  today: dateIn('Asia/Kolkata', api.now()),
})
