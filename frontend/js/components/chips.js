// A list of short words in a form: `values[name]` of the form around it.
import { t } from '../i18n.js'

const same = (a, b) => a.toLocaleLowerCase() === b.toLocaleLowerCase()

export const chipsField = (name, most) => ({
  typed: '',
  said: '',
  key(event) {
    if (event.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault() // one Enter too many must not send the form
      this.take()
    } else if (event.key === 'Backspace' && !this.typed && this.values[name].length) {
      this.drop(this.values[name].at(-1))
    }
  },
  split() {
    if (/[,;\n]/.test(this.typed)) this.take()
  },
  take() {
    this.typed.split(/[,;\n]/).forEach((word) => this.add(word))
    this.typed = ''
  },
  add(word) {
    const chip = word.trim().replace(/\s+/g, ' ').slice(0, 40)
    if (!chip || this.values[name].some((each) => same(each, chip))) return
    if (this.values[name].length >= most) {
      this.said = t('chips.full', { most })
      this.errors = { ...this.errors, [name]: this.said }
      return
    }
    this.values[name] = [...this.values[name], chip]
    this.said = t('chips.added', { chip })
    this.recheck(name)
  },
  drop(chip) {
    this.values[name] = this.values[name].filter((each) => each !== chip)
    this.said = t('chips.removed', { chip })
    this.recheck(name)
    this.$refs.typed.focus()
  },
  left(suggestions) {
    return suggestions.filter((word) => !this.values[name].some((each) => same(each, word)))
  },
})
