// The money of one booking, found by its id, and giving it back.
import { ALONE, needsAnother } from '../admin/deciding.js'
import { api } from '../app.js'
import { between, required } from '../checks.js'
import { sum, typed } from '../earnings/rupees.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { focusSoon } from './focus.js'
import { failed, toast } from './toasts.js'

const path = (id) => `/admin/bookings/${encodeURIComponent(id)}`

export const refundSearch = () => ({
  ...form({
    values: { booking: '' },
    checks: { booking: required('check.booking') },
    send: ({ booking }) => api.get(`${path(idIn(booking))}/payment`),
    done(found) {
      this.show(found)
      focusSoon(this.$root, 'found')
    },
  }),
  found: null,
  retrying: '',
  sum,

  init() {
    const { $root } = this
    this.again = async () => {
      this.found = await api.get(`${path(this.found.booking_id)}/payment`)
      focusSoon($root, 'found')
    }
  },
  show(found) {
    Object.assign(this, { found, state: 'ready' })
  },
  whyWords: ({ why }) => t(`refund_admin.why.${why}`),
  stateWords: ({ status }) => t(`refund_admin.state.${status}`),
  earningWords: ({ earning }) => t(`refund_admin.earning.${earning}`),
  bankWords: ({ chargeback }) => t(`refund_admin.chargeback.${chargeback}`),
  badge: ({ status }) => ({ processed: 'badge-good', failed: 'badge-bad' })[status] ?? 'badge-tint',

  async retry(refund) {
    if (this.retrying) return
    this.retrying = refund.id
    try {
      this.show(await api.post(`${path(this.found.booking_id)}/refunds/${encodeURIComponent(refund.id)}/retry`))
      toast(t('refund_admin.retried', { amount: sum(refund.paise) }))
    } catch (error) {
      failed(error)
    }
    this.retrying = ''
  },
})

// A booking's id, also out of its page's address.
const idIn = (text) =>
  text
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .split('/')
    .pop()

export const refundForm = () => ({
  ...form({
    values: { how: 'whole', paise: '', words: '' },
    checks: {
      paise: (value, { how }) => (how === 'whole' || typed(value) ? '' : t('check.amount')),
      words: between(1, 500, 'check.refund_words'),
    },
    send(values) {
      return api.post(`${path(this.found.booking_id)}/refund`, { paise: this.paise, words: values.words.trim() })
    },
    async done(answer) {
      const given = sum(this.paise)
      Object.assign(this, { values: { how: 'whole', paise: '', words: '' }, state: 'ready' })
      toast(answer ? t('refund_admin.given', { amount: given }) : t('refund_admin.waiting', { amount: given }))
      await this.again().catch(failed)
    },
  }),
  alone: sum(ALONE),
  get paise() {
    return this.values.how === 'whole' ? this.found.refundable_paise : (typed(this.values.paise) ?? 0)
  },
  get takesTwo() {
    return needsAnother(this.found, this.paise)
  },
  get act() {
    return t(this.takesTwo ? 'refund_admin.ask_second' : 'refund_admin.give', { amount: sum(this.paise) })
  },
})
