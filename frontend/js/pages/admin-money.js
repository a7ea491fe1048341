// What admins do about money: disputes, payouts, refunds, coupons, and the books.
import { start } from '../app.js'
import { books, reports } from '../components/admin-books.js'
import { couponForm, coupons } from '../components/admin-coupons.js'
import { decision, disputes } from '../components/admin-disputes.js'
import { adminPayouts } from '../components/admin-payouts.js'
import { refundForm, refundSearch } from '../components/admin-refund.js'
import { tabs } from '../components/tabs.js'
import { mustBeSignedIn } from '../session.js'

const NAMES = ['disputes', 'payouts', 'refund', 'coupons', 'books']

const moneyPage = () => {
  const shown = tabs(NAMES)
  return {
    ...shown,
    stage: 'loading', // loading -> ready; or closed (no admin), failed
    problem: '',
    opened: {}, // the tabs that have been looked at: what was begun there stays
    async init() {
      shown.init.call(this)
      this.opened = { [this.at]: true }
      this.$watch('at', (name) => (this.opened = { ...this.opened, [name]: true }))
      await this.load()
    },
    async load() {
      this.stage = 'loading'
      try {
        const me = await mustBeSignedIn()
        this.stage = me.roles.includes('admin') ? 'ready' : 'closed'
      } catch (error) {
        Object.assign(this, { stage: 'failed', problem: error.message })
      }
    },
  }
}

const parts = { adminPayouts, books, couponForm, coupons, decision, disputes, refundForm, refundSearch, reports }

start({ moneyPage, ...parts })
