// Telling us that something went wrong, and the mentor's answer to it.
import { api, person } from '../app.js'
import { disputeWords, isSaid, textFault } from '../booking/disputes.js'
import { t } from '../i18n.js'
import { focusSoon } from './focus.js'
import { toast } from './toasts.js'

// Part of a page that has `booking`, `now`, `root`, `path(move)`, `take(view)`, `refresh()`, `firstName()` and a dialog
// `dispute`.
export const disputing = () => ({
  disputeState: 'asking', // asking -> sending, and back with words in `disputeProblem`
  disputeProblem: '',
  grievance: '',
  rejoinder: '',

  openDispute() {
    Object.assign(this, { disputeState: 'asking', disputeProblem: '' })
    this.$refs.dispute.showModal()
  },
  disputeWords() {
    const about = { viewer: this.booking.viewer, name: this.firstName(), zone: person.zone, now: this.now }
    return disputeWords(this.booking.dispute, about)
  },
  isSaid() {
    return isSaid(this.booking.dispute)
  },
  async sendDispute() {
    const sent = await this.sendWords('grievance', (words) => api.post(this.path('/dispute'), { reason: words }))
    if (!sent) return
    this.$refs.dispute.close()
    this.afterDispute(t('dispute.sent', { name: this.firstName() }))
  },
  async sendAnswer() {
    const sent = await this.sendWords('rejoinder', (words) => api.post(this.path('/dispute/answer'), { words }))
    if (sent) this.afterDispute(t('dispute.answered'))
  },
  afterDispute(words) {
    toast(words)
    focusSoon(this.root, 'disputed')
  },

  // True once it has arrived; else what is wrong stands at the field, and what was written stays.
  async sendWords(field, send) {
    if (this.disputeState === 'sending') return false
    this.disputeProblem = textFault(this[field])
    if (this.disputeProblem) return this.refuseWords(field)
    this.disputeState = 'sending'
    try {
      this.take(await send(this[field].trim()))
      this[field] = ''
      return true
    } catch (error) {
      this.disputeProblem = error.fields?.reason ?? error.fields?.words ?? error.message
      await this.refresh()
      return this.refuseWords(field)
    } finally {
      this.disputeState = 'asking'
    }
  },
  refuseWords(field) {
    focusSoon(this.root, field)
    return false
  },
})
