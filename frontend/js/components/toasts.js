// Short words about what just happened. `toast()` from anywhere; the layout shows them.
import { t } from '../i18n.js'

const waiting = new EventTarget()
const LONG_ENOUGH = 6000

export function toast(words, kind = 'good') {
  waiting.dispatchEvent(new CustomEvent('toast', { detail: { words, kind } }))
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
  show({ words, kind }) {
    const id = crypto.randomUUID()
    this.items = [...this.items, { id, words, kind }].slice(-3)
    setTimeout(() => this.dismiss(id), LONG_ENOUGH)
  },
  dismiss(id) {
    this.items = this.items.filter((item) => item.id !== id)
  },
})
