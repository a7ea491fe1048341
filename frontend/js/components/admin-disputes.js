// Disputes, and sessions that a mentor left early: read, looked into, decided once.
import { confirmed } from '../admin/confirming.js'
import { awarded, percentOf } from '../admin/deciding.js'
import { api } from '../app.js'
import { between } from '../checks.js'
import { sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'
import { focusSoon } from './focus.js'
import { liveFeed } from './live-feed.js'
import { failed, toast } from './toasts.js'

export const disputes = () => {
  const list = liveFeed(
    async function (cursor, limit) {
      const { items, next } = await api.get('/admin/disputes', { status: this.status, cursor, limit })
      return { items: items.map((each) => ({ ...each, id: each.booking_id })), next }
    },
    'admin',
    ({ status }) => status !== 'decided',
  )
  return {
    ...list,
    status: 'open', // or decided
    looking: '', // the id of the one being fetched
    found: null, // the one that is open, with its money and who was there
    deciding: '', // the id of the one that is being decided here
    sum,

    init() {
      const { $root } = this
      this.decided = (found) => {
        toast(t('dispute_admin.decided', { amount: sum(found.dispute.decision.paise) }))
        this.found = null
        this.load({ quiet: true })
        focusSoon($root, 'list')
      }
      return list.init.call(this)
    },
    // What was looked into follows the server as the list does: an answer that came, or another admin's decision.
    async load(options) {
      await Promise.all([list.load.call(this, options), this.follow()])
    },
    async follow() {
      const open = this.found
      if (!open || this.deciding) return
      const fresh = await caseOf(open.dispute.booking_id).catch(() => null)
      if (!fresh || this.found !== open || this.deciding) return
      this.found = fresh
      if (open.dispute.decision || !fresh.dispute.decision) return
      toast(t('dispute_admin.decided_elsewhere', { percent: fresh.dispute.decision.percent }))
      focusSoon(this.$root, 'list')
    },
    choose(status) {
      Object.assign(this, { status, found: null, items: [], next: null })
      this.load()
    },
    async look(dispute) {
      if (this.found?.dispute.booking_id === dispute.id) return (this.found = null)
      this.looking = dispute.id
      try {
        this.found = await caseOf(dispute.id)
        focusSoon(this.$root, 'case')
      } catch (error) {
        failed(error)
      }
      this.looking = ''
    },
    isOpen(dispute) {
      return this.found?.dispute.booking_id === dispute.id
    },
    kindWords: ({ kind }) => t(`dispute_admin.kind.${kind}`),
    presence: ({ first_minute: first, last_minute: last }) =>
      first === null ? t('dispute_admin.never') : t('dispute_admin.from_to', { first: at(first), last: at(last) }),
    leftEarly: () => t('dispute_admin.left_early'),
  }
}

const caseOf = (id) => api.get(`/admin/disputes/${encodeURIComponent(id)}`)

// Minutes from the scheduled start, with their sign.
const at = (minute) => (minute < 0 ? `\u2212${-minute}` : `+${minute}`)

// The last word: how much of what is left goes back, and why. Both people read the words.
export const decision = () => ({
  ...confirmed({
    dialog: 'decide',
    values: { percent: '', words: '' },
    checks: {
      percent: (value) => (percentOf(value) === null ? t('check.percent') : ''),
      words: between(20, 2000, 'check.decision'),
    },
    async send({ percent, words }) {
      const id = encodeURIComponent((this.deciding = this.found.dispute.booking_id))
      const decided = { percent: percentOf(percent), words: words.trim() }
      try {
        return await api.post(`/admin/bookings/${id}/dispute/decision`, decided)
      } finally {
        this.deciding = ''
      }
    },
    done(found) {
      this.decided(found)
    },
  }),
  get percent() {
    return percentOf(this.values.percent) // null until one is chosen
  },
  get back() {
    return awarded(this.found.refundable_paise, this.percent ?? 0)
  },
  slide({ target }) {
    this.values.percent = target.value
    this.recheck('percent')
  },
  get slid() {
    return this.percent === null ? t('dispute_admin.not_chosen') : `${this.percent} %`
  },
  get asked() {
    return this.percent === null ? '' : t('dispute_admin.sure', { percent: this.percent })
  },
  get consequence() {
    if (this.percent === null) return ''
    const { refundable_paise: left, learner, mentor } = this.found
    const values = { amount: sum(this.back), rest: sum(left - this.back), learner: learner.name, mentor: mentor.name }
    if (!this.back) return t('dispute_admin.nothing_back', values)
    return this.back === left ? t('dispute_admin.all_back', values) : t('dispute_admin.part_back', values)
  },
})
