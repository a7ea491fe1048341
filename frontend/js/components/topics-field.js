// Topics as chips, with what learners have named among their interests as suggestions.
import { api } from '../api.js'
import { tn } from '../i18n.js'
import { chipsField } from './chips.js'

const PAUSE = 250

export const topicsField = (name, most) => ({
  ...chipsField(name, most),
  found: [],
  async init() {
    this.$watch('typed', () => {
      clearTimeout(this.soon)
      this.soon = setTimeout(() => this.look(), PAUSE)
    })
    await this.look()
  },
  destroy() {
    clearTimeout(this.soon)
  },
  // Suggestions are a help: without them the field works as well.
  async look() {
    const part = this.typed.trim()
    const answer = await api.get('/topics', { q: part }).catch(() => null)
    if (answer && part === this.typed.trim()) this.found = answer.items
  },
  get offered() {
    const wanted = new Set(this.left(this.found.map(({ topic }) => topic)))
    return this.found.filter(({ topic }) => wanted.has(topic)).slice(0, 8)
  },
  demand: ({ learners }) => tn('pitch.learners', learners),
  pick({ topic }) {
    this.typed = ''
    this.add(topic)
    this.$refs.typed.focus()
  },
  // What was typed becomes a topic when the field is left, not when a suggestion is taken in its place.
  leave(event) {
    if (!this.$refs.field.contains(event.relatedTarget)) this.take()
  },
})
