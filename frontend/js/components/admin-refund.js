// The money of one booking, found by its id, and giving it back.
import { confirmed } from '../admin/confirming.js'
import { ALONE, amountFault, needsAnother } from '../admin/deciding.js'
import { api, person } from '../app.js'
import { between, required } from '../checks.js'
import { sum, typed } from '../earnings/rupees.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { when } from '../time.js'
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
    this.refresh = async () => {
      this.found = await api.get(`${path(this.found.booking_id)}/payment`)
    }
    this.again = async () => {
      await this.refresh()
      focusSoon($root, 'found')
    }
  },
  get aboutWords() {
    const { mentor, starts_at: starts } = this.found.session
    return t('refund_admin.about', { mentor: mentor.name, when: when(starts, person.zone) })
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

const BLANK = { how: 'whole', paise: '', words: '' }

export const refundForm = () => {
  let left = () => 0
  const amount = (value) => {
    const fault = amountFault(typed(value), left())
    return fault && t(fault, { left: sum(left()) })
  }
  return {
    ...confirmed({
      dialog: 'give',
      values: { ...BLANK },
      checks: {
        paise: (value, { how }) => (how === 'whole' ? '' : amount(value)),
        words: between(1, 500, 'check.refund_words'),
      },
      async send({ how, words }) {
        try {
          return await api.post(`${path(this.found.booking_id)}/refund`, { paise: this.paise, words: words.trim() })
        } catch (error) {
          if (how === 'whole') error.message = error.fields?.paise ?? error.message // its field is not shown
          await this.refresh().catch(() => null)
          if (!this.found.refundable_paise || this.found.chargeback === 'open') failed(error) // no form to say it in
          throw error
        }
      },
      async done(answer) {
        const given = { amount: sum(this.paise) }
        await this.again().catch(failed)
        this.clear()
        toast(t(answer ? 'refund_admin.given' : 'refund_admin.waiting', given))
      },
    }),
    alone: sum(ALONE),
    init() {
      left = () => this.found.refundable_paise
      this.$watch('found.booking_id', () => this.clear()) // what was typed was about another booking
    },
    clear() {
      Object.assign(this, { values: { ...BLANK }, errors: {}, problem: '', state: 'ready' })
    },
    get paise() {
      return this.values.how === 'whole' ? this.found.refundable_paise : (typed(this.values.paise) ?? 0)
    },
    get takesTwo() {
      return needsAnother(this.found, this.paise)
    },
    get act() {
      return t(this.takesTwo ? 'refund_admin.ask_second' : 'refund_admin.give', { amount: sum(this.paise) })
    },
    get consequence() {
      const rest = sum(Math.max(0, this.found.refundable_paise - this.paise))
      return t(this.takesTwo ? 'refund_admin.sure_two' : 'refund_admin.sure', { amount: sum(this.paise), rest })
    },
  }
}
