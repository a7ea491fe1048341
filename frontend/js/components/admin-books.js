// The books: balances of all accounts, what does not move, and how they compare with the gateway's.
import { accountsOf, difference, isBalanced, verdict } from '../admin/books.js'
import { api } from '../app.js'
import { inColumn, sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { liveFeed } from './live-feed.js'

const BADGES = { agrees: 'badge-good', mended: 'badge-accent', differs: 'badge-bad' }
const column = (paise) => (paise ? inColumn(paise) : '')

export const books = () => ({
  state: 'loading', // loading -> ready, or failed
  problem: '',
  report: null,
  stuck: [],
  column,
  sum,
  async init() {
    this.offs = [
      live.on('changed', ({ data }) => data.what === 'admin' && this.load({ quiet: true })),
      live.on('welcome', () => this.load({ quiet: true })), // what changed before the line was there was told to nobody
    ]
    await this.load()
  },
  destroy() {
    this.offs.forEach((off) => off())
  },
  async load({ quiet = false } = {}) {
    if (!quiet) this.state = 'loading'
    try {
      Object.assign(this, await api.get('/admin/money'), { state: 'ready' })
    } catch (error) {
      if (!quiet) Object.assign(this, { state: 'failed', problem: error.message })
    }
  },
  get accounts() {
    return accountsOf(this.report?.balances)
  },
  get balanced() {
    return isBalanced(this.accounts)
  },
  accountWords: ({ account }) => t(`account.${account}`),
  stuckWords: ({ kind }) => t(`stuck.${kind}`),
})

export const reports = () => ({
  ...liveFeed(
    (cursor, limit) => api.get('/admin/reconciliation', { cursor, limit }),
    'admin',
    () => false,
  ),
  sum,
  verdictWords: (report) => t(`books.verdict.${verdict(report)}`),
  badge: (report) => BADGES[verdict(report)],
  whatWords: ({ what }) => t(`books.what.${what}`),
  difference: (each) => sum(difference(each)),
  comparedWords: ({ compared }) =>
    Object.entries(compared)
      .map(([what, count]) => t('books.compared_one', { what: t(`books.compared.${what}`), count }))
      .join(' · '),
})
