// Short words about what just happened. `toast()` from anywhere; the layout shows them.
import { t } from '../i18n.js'

const waiting = new EventTarget()
const LONG_ENOUGH = 6000

// `more`: {text, link, open}, a second line and a way to what it is about.
export function toast(words, kind = 'good', more = {}) {
  waiting.dispatchEvent(new CustomEvent('toast', { detail: { words, kind, ...more } }))
}

// Words to be shown by the next page, after a move to it.
export const toastNext = (words) => sessionStorage.setItem('toast', words)

export function failed(error) {
  toast(error.message || t('error.unavailable'), 'bad')
}

export const toasts = () => ({
  items: [],
  init() {
    this.listener = (event) => this.show(event.detail)
    waiting.addEventListener('toast', this.listener)
    const kept = sessionStorage.getItem('toast')
    sessionStorage.removeItem('toast')
    if (kept) this.show({ words: kept, kind: 'good' })
  },
  destroy() {
    waiting.removeEventListener('toast', this.listener)
  },
  show(said) {
    const id = crypto.randomUUID()
    this.items = [...this.items, { ...said, id }].slice(-3)
    setTimeout(() => this.dismiss(id), LONG_ENOUGH)
  },
  follow(event, item) {
    item.open?.(event)
    setTimeout(() => this.dismiss(item.id)) // a link that is gone leads nowhere
  },
  dismiss(id) {
    this.items = this.items.filter((item) => item.id !== id)
  },
})
