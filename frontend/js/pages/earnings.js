// A mentor's earnings: what one has, how it came about, what was paid out, and papers of it.
import { api, person, start } from '../app.js'
import { earningsChart } from '../components/earnings-chart.js'
import { entries, payouts, statements } from '../components/earnings-lists.js'
import { lookAgain } from '../components/looking.js'
import { mentorPage } from '../components/mentor-page.js'
import { toast } from '../components/toasts.js'
import { newKey } from '../api.js'
import { hindrance } from '../earnings/asking.js'
import { sum } from '../earnings/rupees.js'
import { t } from '../i18n.js'
import { day, when } from '../time.js'

const page = mentorPage(['earnings'])

const earningsPage = () => ({
  ...page,
  earnings: null, // balances, months, where payouts go, what stands in the way of one
  asking: 'no', // no -> yes
  refusal: '',
  key: '', // of the payout that the dialog is about
  sum,

  async init() {
    const mayChange = () => this.earnings?.in_flight_paise > 0
    this.unwatch = lookAgain({ look: () => this.stage === 'ready' && this.follow(), mayChange })
    await page.init.call(this)
  },
  destroy() {
    this.unwatch()
    page.destroy.call(this)
  },
  async fetchAll() {
    this.earnings = await api.get('/earnings')
  },
  async follow() {
    await this.fetchAll().catch(() => null)
  },

  get hindered() {
    return hindrance(this.earnings, (iso) => when(iso, person.zone))
  },
  get weeklyWords() {
    const { next_payout_on: next, weekly_minimum_paise: least } = this.earnings
    if (!next) return t('earnings.weekly_each', { least: sum(least) })
    return t('earnings.weekly', { least: sum(least), day: day(`${next}T00:00:00Z`, 'UTC') })
  },

  ask() {
    Object.assign(this, { refusal: '', key: newKey() })
    this.$refs.payout.showModal()
  },
  async payOut() {
    if (this.asking === 'yes') return
    Object.assign(this, { asking: 'yes', refusal: '' })
    try {
      const payout = await api.post('/payouts', undefined, { key: this.key })
      this.$refs.payout.close()
      toast(t('earnings.asked', { amount: sum(payout.paise) }))
    } catch (error) {
      this.refusal = error.message
    }
    this.asking = 'no'
    await this.follow()
  },
})

start({ earningsPage, earningsChart, entries, payouts, statements })
