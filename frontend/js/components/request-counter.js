// Proposing other terms: up to three times, a price where sessions may have one, and a note.
import { api } from '../api.js'
import { t } from '../i18n.js'
import { paise, priceFault } from '../pitch/pitch.js'
import { shareWords } from '../pitch/share.js'
import { toast } from './toasts.js'
import { timeRows } from './time-rows.js'

const LONGEST = 1000

// Part of a page that has `request`, `payments`, `path(move)`, `take(view)`, `refresh()`, and a dialog `counter`.
export const countering = () => ({
  ...timeRows(),
  counterState: 'asking', // asking -> sending, and back with words in `counterProblem`
  counterProblem: '',
  counterPrice: '', // rupees, as typed
  counterNote: '',
  counterVersion: 0, // of what is answered: kept while it is not known whether an answer has arrived

  openCounter() {
    const { terms, version } = this.request
    this.startRows(this.payments ? terms.choices : [])
    Object.assign(this, { counterState: 'asking', counterProblem: '', counterNote: '', counterVersion: version })
    this.counterPrice = terms.price_paise ? String(terms.price_paise / 100) : ''
    this.$refs.counter.showModal()
  },
  // What the mentor would receive of it.
  counterShare() {
    return this.learning ? '' : shareWords(paise(this.counterPrice), this.feeBps)
  },
  // What the mentor would receive, were it accepted as it stands.
  termsShare() {
    return this.learning ? '' : shareWords(this.request.terms.price_paise, this.feeBps)
  },
  async sendCounter() {
    if (this.counterState === 'sending') return
    this.counterProblem = ''
    if (!this.checkRows()) return (this.counterProblem = t('form.look_again'))
    if (this.counterNote.length > LONGEST) return (this.counterProblem = t('check.at_most', { most: LONGEST }))
    const price = this.payments ? paise(this.counterPrice) : this.request.terms.price_paise
    if (this.payments && priceFault(this.counterPrice)) return (this.counterProblem = t('check.price'))
    this.counterState = 'sending'
    try {
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
