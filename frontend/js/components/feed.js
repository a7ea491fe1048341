// A list that is fetched page by page: loading -> ready, `more` while the next page comes, failed with words.
import { failed } from './toasts.js'

// `fetchPage(cursor)` -> {items, next}.
export function feed(fetchPage) {
  return {
    state: 'loading',
    items: [],
    next: null,
    problem: '',
    turn: 0,

    // Fetch anew; what is shown stays until the answer is there, and an answer overtaken by a later one is dropped.
    async load({ quiet = false } = {}) {
      const turn = ++this.turn
      if (!quiet) this.state = 'loading'
      try {
        const { items, next } = await fetchPage.call(this, null)
        if (turn !== this.turn) return
        Object.assign(this, { items, next, state: 'ready' })
      } catch (error) {
        if (turn !== this.turn || (quiet && this.state === 'ready')) return
        Object.assign(this, { state: 'failed', problem: error.message })
      }
    },

    async more() {
      if (this.state !== 'ready' || !this.next) return
      const turn = this.turn
      this.state = 'more'
      try {
        const { items, next } = await fetchPage.call(this, this.next)
        if (turn !== this.turn) return
        const known = new Set(this.items.map((item) => item.id))
        this.items = [...this.items, ...items.filter((item) => !known.has(item.id))]
        this.next = next
      } catch (error) {
        failed(error)
      }
      if (turn === this.turn) this.state = 'ready'
    },
  }
}
