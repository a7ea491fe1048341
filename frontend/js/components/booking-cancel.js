// Calling a booking off: what it costs and brings back is said first, and exactly that figure is agreed to.
import { api } from '../app.js'
import { cashOf, consequence, tiers } from '../booking/refunds.js'
import { t } from '../i18n.js'
import { partOf } from '../money/sums.js'
import { amount } from '../show.js'
import { toast } from './toasts.js'

// Part of a page that has `booking`, `now`, `path(move)`, `take(view)` and `refresh()`, and a dialog `cancel`.
export const cancelling = () => ({
  cancelState: 'asking', // asking -> sending, and back with words in `cancelProblem`
  cancelProblem: '',
  reason: '',

  openCancel() {
    Object.assign(this, { cancelState: 'asking', cancelProblem: '', reason: '' })
    this.$refs.cancel.showModal()
  },
  consequence() {
    return consequence(this.booking)
  },
  // Until when how much of the price comes back, for a learner who paid one.
  steps() {
    const { viewer, cancel } = this.booking
    const paid = cashOf(this.booking)
    if (!paid || viewer !== 'learner') return []
    return tiers(cancel.steps, this.now).map((step) => ({
      ...step,
      back: step.percent
        ? t('cancel.back', { percent: step.percent, amount: amount(partOf(paid, step.percent)) })
        : t('cancel.no_back'),
    }))
  },

  async cancelBooking() {
    if (this.cancelState === 'sending') return
    Object.assign(this, { cancelState: 'sending', cancelProblem: '' })
    const agreed = { reason: this.reason.trim(), refund_paise: this.booking.cancel.refund_paise }
    try {
      this.take(await api.post(this.path('/cancel'), agreed))
      this.$refs.cancel.close()
      toast(t('cancel.done'))
      this.focusOn('outcome')
    } catch (error) {
      await this.refuseCancel(error)
    }
    this.cancelState = 'asking'
  },
  // The figure may be another by now: the new one stands in the dialog, and is agreed to anew.
  async refuseCancel(error) {
    this.cancelProblem = error.code === 'refund_changed' ? t('cancel.changed') : error.message
    await this.refresh()
    if (!this.booking.can.cancel) {
      this.$refs.cancel.close()
      toast(error.message, 'bad')
    }
  },
})
