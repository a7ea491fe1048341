// The words beside a request: the latest first fetched, earlier ones on demand, and new ones as they come.
import { api, newKey } from '../api.js'
import { failed } from './toasts.js'
import { t } from '../i18n.js'

const LONGEST = 2000

// Part of a page that has `request` and `path(move)`.
export const requestThread = () => ({
  thread: 'loading', // loading -> ready, or failed; `earlier` while older words come, `sending`
  messages: [],
  earlierCursor: null,
  text: '',
  sent: { text: '', key: '' }, // the same words tried again are the same message, until they have arrived
  threadProblem: '',

  async loadThread() {
    try {
      const { items, next } = await api.get(this.path('/messages'))
      if (this.thread !== 'loading' && this.messages.length) return this.merge(items)
      Object.assign(this, { messages: items, earlierCursor: next, thread: 'ready' })
    } catch (error) {
      if (this.thread === 'loading') Object.assign(this, { thread: 'failed', threadProblem: error.message })
    }
  },
  merge(items) {
    const known = new Set(this.messages.map(({ id }) => id))
    const fresh = items.filter(({ id }) => !known.has(id))
    this.messages = [...this.messages, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1))
    return fresh.length
  },
  async earlier() {
    if (this.thread !== 'ready') return
    this.thread = 'earlier'
    try {
      const { items, next } = await api.get(this.path('/messages'), { cursor: this.earlierCursor })
      this.merge(items)
      this.earlierCursor = next
    } catch (error) {
      failed(error)
    }
    this.thread = 'ready'
  },
  isOwn(message) {
    return message.by === this.request.viewer
  },
  async say() {
    const text = this.text.trim()
    if (this.thread !== 'ready') return
    this.threadProblem = text ? '' : t('request.say_something')
    if (text.length > LONGEST) this.threadProblem = t('check.at_most', { most: LONGEST })
    if (this.threadProblem) return this.$refs.text.focus()
    this.thread = 'sending'
    if (this.sent.text !== text) this.sent = { text, key: newKey() }
    try {
      this.merge([await api.post(this.path('/messages'), { text }, { key: this.sent.key })])
      Object.assign(this, { text: '', sent: { text: '', key: '' } })
    } catch (error) {
      this.threadProblem = error.fields?.text ?? error.message
    }
    this.thread = 'ready'
    this.$nextTick(() => this.$refs.text?.focus())
  },
})
