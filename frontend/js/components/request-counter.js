// Proposing other terms: up to three times, a price where sessions may have one, and a note.
import { api } from '../api.js'
import { t } from '../i18n.js'
import { toast } from './toasts.js'
import { timeRows } from './time-rows.js'

const LONGEST = 1000

// Part of a page that has `request`, `payments`, `path(move)`, `take(view)`, `refresh()`, and a dialog `counter`.
export const countering = () => ({
  ...timeRows(),
  counterState: 'asking', // asking -> sending, and back with words in `counterProblem`
  counterProblem: '',
  counterPrice: 0, // rupees
  counterNote: '',
  counterVersion: 0, // of what is answered: kept while it is not known whether an answer has arrived

  openCounter() {
    const { terms, version } = this.request
    this.startRows(this.payments ? terms.choices : [])
    Object.assign(this, { counterState: 'asking', counterProblem: '', counterNote: '', counterVersion: version })
    this.counterPrice = terms.price_paise / 100
    this.$refs.counter.showModal()
  },
  async sendCounter() {
    if (this.counterState === 'sending') return
    this.counterProblem = ''
    if (!this.checkRows()) return (this.counterProblem = t('form.look_again'))
    if (this.counterNote.length > LONGEST) return (this.counterProblem = t('check.at_most', { most: LONGEST }))
    this.counterState = 'sending'
    try {
      const price = this.payments ? Math.round(Number(this.counterPrice || 0) * 100) : this.request.terms.price_paise
      const terms = { times: this.wantedTimes(), price_paise: price, note: this.counterNote.trim() }
      this.take(await api.post(this.path('/counter'), { version: this.counterVersion, ...terms }))
      this.$refs.counter.close()
      toast(t('request.countered', { name: this.otherName() }))
      this.focusOn('outcome')
    } catch (error) {
      const { times, price_paise: wrongPrice, note } = error.fields ?? {}
      this.counterProblem = [times, wrongPrice, note].filter(Boolean).join(' ') || error.message
      await this.refresh()
      if (error.status === 409) this.counterVersion = this.request.version
    }
    this.counterState = 'asking'
  },
})
