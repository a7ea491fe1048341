// Everybody's payouts in one state: held, let go, looked at again.
import { api } from '../app.js'
import { lastMonths } from '../earnings/months.js'
import { badgeOf, stateWords } from '../earnings/payouts.js'
import { sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'
import { liveFeed } from './live-feed.js'
import { failed, toast } from './toasts.js'

const STATES = ['held', 'asked', 'begun', 'sending', 'sent', 'processed', 'failed', 'reversed', 'refused']
const OVER = new Set(['processed', 'failed', 'reversed', 'refused'])
const UNSENT = new Set(['asked', 'begun'])
const BACK = new Set(['failed', 'reversed'])

export const adminPayouts = () => ({
  ...liveFeed(
    function (cursor, limit) {
      const month = OVER.has(this.status) ? this.month : ''
      return api.get('/admin/payouts', { status: this.status, month, cursor, limit })
    },
    'admin',
    ({ status }) => !OVER.has(status),
  ),
  status: 'held',
  month: lastMonths(api.now(), 1)[0].value,
  months: lastMonths(api.now(), 12),
  states: STATES.map((value) => ({ value, words: t(`payout_admin.status.${value}`) })),
  acting: '', // the id of the payout that something is being done to
  badgeOf,
  stateWords,
  sum,

  get isOver() {
    return OVER.has(this.status)
  },
  mayHold: ({ status }) => UNSENT.has(status),
  mayRelease: ({ status }) => status === 'held',
  mayRetry: ({ status }) => !OVER.has(status) && status !== 'held',
  mayPayAgain: ({ status }) => BACK.has(status),
  whyWords: ({ why }) => t(`payout_admin.why.${why}`),

  async act(payout, how) {
    if (this.acting) return
    this.acting = payout.id
    try {
      const now = await api.post(`/admin/payouts/${encodeURIComponent(payout.id)}/${how}`)
      toast(t(`payout_admin.done.${how}`, { amount: sum(now.paise) }))
    } catch (error) {
      failed(error)
    }
    this.acting = ''
    await this.load({ quiet: true })
  },
})
