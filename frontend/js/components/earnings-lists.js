// The lists beside a mentor's balances: what moved them, what was paid out, and the papers of a month.
import { api } from '../app.js'
import { downloadPaper } from '../download.js'
import { bookingLink, entryText, entryWords, named } from '../earnings/entries.js'
import { lastMonths } from '../earnings/months.js'
import { badgeOf, meaning, reason, stateWords, wantsMending } from '../earnings/payouts.js'
import { movement, sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'
import { feed } from './feed.js'
import { failed, toast } from './toasts.js'

const MONTHS = 24
const PAGE = 10

// A list that follows the balances it stands beside: whatever changes them changes it.
const following = (path, shaped = (items) => items) => ({
  ...feed(async function (cursor) {
    const limit = cursor ? PAGE : Math.min(50, Math.max(PAGE, this.items.length))
    const { items, next } = await api.get(path, { cursor, limit })
    return { items: shaped(items), next }
  }),
  init() {
    this.$watch('earnings', () => this.load({ quiet: true }))
    this.load()
  },
})

export const entries = () => ({
  ...following('/earnings/entries', named),
  bookingLink,
  entryText,
  entryWords,
  movement,
})

export const payouts = () => ({
  ...following('/payouts'),
  badgeOf,
  meaning,
  reason,
  stateWords,
  sum,
  wantsMending,
  whyWords: ({ why }) => (why === 'weekly' ? t('payout.why.weekly') : t('payout.why.asked')),
})

export const statements = () => ({
  state: 'ready', // ready -> pdf or csv -> ready
  months: lastMonths(api.now(), MONTHS),
  month: '',
  init() {
    this.month = this.months[0].value
  },
  async take(form) {
    if (this.state !== 'ready') return
    this.state = form
    try {
      downloadPaper(await api.get('/earnings/statement', { month: this.month, form }))
      toast(t('earnings.statement_saved'))
    } catch (error) {
      failed(error)
    }
    this.state = 'ready'
  },
})
