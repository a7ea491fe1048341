// Reporting and blocking somebody: two dialogs, opened from wherever the person is shown by `report` and `block` events.
import { api } from '../api.js'
import { t } from '../i18n.js'
import { failed, toast } from './toasts.js'

const LONGEST = 2000

// The detail of an event: {id, name} of the person, and {about, thing} where something of theirs is reported.
export const safety = () => ({
  safetyState: 'asking', // asking -> sending, and back with words in `safetyProblem`
  safetyProblem: '',
  whom: { id: '', name: '' },
  reason: '',
  grounds: '',
  blockToo: false,

  openReport({ detail }) {
    const fresh = { whom: detail, reason: '', grounds: '', blockToo: false, safetyProblem: '', safetyState: 'asking' }
    Object.assign(this, fresh)
    this.$refs.report.showModal()
  },
  openBlock({ detail }) {
    Object.assign(this, { whom: detail, safetyProblem: '', safetyState: 'asking' })
    this.$refs.block.showModal()
  },
  reportTitle() {
    return t(this.whom.about === 'message' ? 'reporting.title_message' : 'reporting.title', { name: this.whom.name })
  },
  wrong() {
    if (!this.reason) return t('reporting.choose')
    if (this.reason === 'other' && !this.grounds.trim()) return t('reporting.say')
    return this.grounds.trim().length > LONGEST ? t('check.at_most', { most: LONGEST }) : ''
  },
  async sendReport() {
    if (this.safetyState === 'sending') return
    this.safetyProblem = this.wrong()
    if (this.safetyProblem) return this.$refs.reason.focus()
    this.safetyState = 'sending'
    const { id, about = 'person', thing = id } = this.whom
    const told = { about, id: thing, reason: this.reason, words: this.grounds.trim(), block: this.blockToo }
    try {
      await api.post('/reports', told)
      this.$refs.report.close()
      toast(t('reporting.sent'))
      if (this.blockToo) this.$dispatch('blocked', { id, blocked: true })
    } catch (error) {
      this.safetyProblem = error.fields?.words ?? error.message
      if (this.blockToo && error.code === 'already_reported') this.$dispatch('blocked', { id, blocked: true })
    }
    this.safetyState = 'asking'
  },
  async block() {
    if (this.safetyState === 'sending') return
    this.safetyState = 'sending'
    try {
      await api.post(`/blocks/${encodeURIComponent(this.whom.id)}`)
      this.$refs.block.close()
      toast(t('block.done', { name: this.whom.name }))
      this.$dispatch('blocked', { id: this.whom.id, blocked: true })
    } catch (error) {
      this.safetyProblem = error.message
    }
    this.safetyState = 'asking'
  },
  async unblock({ detail }) {
    try {
      await api.remove(`/blocks/${encodeURIComponent(detail.id)}`)
      toast(t('block.undone', { name: detail.name }))
      this.$dispatch('blocked', { id: detail.id, blocked: false })
    } catch (error) {
      failed(error)
    }
  },
})
