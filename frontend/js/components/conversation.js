// One conversation: its messages as they come, what is on its way, who is typing, and how far each side has read.
import { api, person } from '../app.js'
import { live } from '../live.js'
import { linked } from '../linked.js'
import { findCommon } from '../messages/common.js'
import { isGap, merged, received, rows } from '../messages/thread.js'
import { watcher } from '../messages/typing.js'
import { composing } from './composing.js'
import { lookAgain } from './looking.js'
import { failed } from './toasts.js'

const PAGE = 30
const NEAR = 120 // pixels from the end that still count as being there
const get = (...call) => api.get(...call)

// Part of the page: it opens `otherId`, new ones with `about`; the page has `root`.
export const conversation = () => ({
  ...composing(),
  talk: 'none', // none -> loading -> ready, `earlier` while older messages come; gone or failed
  talkProblem: '',
  otherId: '',
  about: '',
  other: null,
  muted: false,
  messages: [],
  earlierCursor: null,
  seen: 0,
  unreadFrom: 0, // the first of the other's messages that was unread when the thread was opened
  seenByOther: 0,
  token: '',
  tokenAt: 0,
  typing: false,
  early: [], // what came while the thread was being fetched: the answer may not know of it
  turn: 0,

  initTalk() {
    this.initComposing()
    this.watcher = watcher({ show: (is) => (this.typing = is) })
    this.offs = [
      live.on('message', ({ data }) => this.take(data)),
      live.on('messages-seen', ({ data }) => data.by === this.otherId && this.wasSeen(data.until)),
      live.on(
        'typing',
        ({ topic }) => topic === `thread:${this.otherId}` && !this.other?.blocked && this.watcher.seen(),
      ),
      live.on('welcome', () => this.follow()),
      lookAgain({ look: () => this.follow(), mayChange: () => this.talk === 'ready' }),
    ]
    this.onShow = () => this.see()
    document.addEventListener('visibilitychange', this.onShow)
  },
  destroyTalk() {
    this.offs.forEach((off) => off())
    document.removeEventListener('visibilitychange', this.onShow)
    this.watcher.over()
  },
  talkPath(part = '/messages') {
    return `/threads/${encodeURIComponent(this.otherId)}${part}`
  },

  async open(otherId, about = '') {
    const fresh = { otherId, about, other: null, messages: [], earlierCursor: null, text: '', typing: false }
    const unread = { seen: 0, seenByOther: 0, unreadFrom: 0 }
    const turn = ++this.turn // what is still on its way is about another one
    Object.assign(this, { ...fresh, ...unread, talk: otherId ? 'loading' : 'none', talkProblem: '' })
    if (otherId) await this.loadTalk(turn)
  },
  async loadTalk(turn = ++this.turn) {
    Object.assign(this, { talk: 'loading', early: [] })
    try {
      const found = await this.ask()
      if (turn !== this.turn) return
      this.takeTalk(found)
      Object.assign(this, { earlierCursor: found.next, unreadFrom: found.received > found.seen ? found.seen + 1 : 0 })
      this.talk = 'ready'
      this.early.splice(0).forEach((message) => this.take(message))
      await this.$nextTick()
      this.toEnd()
      this.see()
    } catch (error) {
      if (turn === this.turn)
        Object.assign(this, { talk: error.status === 404 ? 'gone' : 'failed', talkProblem: error.message })
    }
  },
  // Who comes from a person's page names nothing: what the two have in common is looked for.
  async ask() {
    const asked = (about) => get(this.talkPath(), { limit: PAGE, about })
    try {
      return await asked(this.about)
    } catch (error) {
      if (error.status !== 404 || this.about) throw error
      this.about = await findCommon(this.otherId, get)
      if (!this.about) throw error
      return asked(this.about)
    }
  },
  takeTalk({ other, items, seen, seen_by_other: seenByOther, muted, token }) {
    Object.assign(this, { other, seen: Math.max(seen, this.seen), seenByOther, muted, token, tokenAt: Date.now() })
    this.messages = merged(this.messages, items)
  },
  // The line was away, or nobody told: what was missed is asked for.
  async follow() {
    if (!this.isOpened()) return
    const turn = this.turn
    const found = await get(this.talkPath(), { limit: PAGE, about: this.about }).catch(() => null)
    if (!found || turn !== this.turn) return
    const oldest = this.messages.find(({ number }) => number)
    if (oldest && found.items.length && found.next && isGap(this.messages, found.items[0])) {
      this.messages = this.messages.filter(({ number }) => !number) // too much came: begin at the end again
      this.earlierCursor = found.next
    }
    const end = this.isAtEnd()
    this.takeTalk(found)
    if (end) this.$nextTick(() => this.toEnd())
    this.see()
  },
  isOpened() {
    return this.talk === 'ready' || this.talk === 'earlier'
  },
  take(message) {
    if (![message.by, message.to].includes(this.otherId)) return
    if (this.talk === 'loading') this.early.push(message)
    if (!this.isOpened()) return
    if (isGap(this.messages, message)) return this.follow()
    const end = this.isAtEnd()
    this.messages = merged(this.messages, [message])
    if (message.by === this.otherId) this.watcher.over()
    if (end) this.$nextTick(() => this.toEnd())
    this.see()
  },
  wasSeen(until) {
    this.seenByOther = Math.max(this.seenByOther, until)
  },

  async earlier() {
    if (this.talk !== 'ready' || !this.earlierCursor) return
    this.talk = 'earlier'
    const { turn, earlierCursor: cursor } = this
    const { log } = this.$refs
    const below = log.scrollHeight - log.scrollTop
    try {
      const { items, next } = await get(this.talkPath(), { limit: PAGE, cursor })
      if (turn !== this.turn) return
      if (cursor !== this.earlierCursor) return (this.talk = 'ready') // the list has begun at its end again meanwhile
      Object.assign(this, { messages: merged(this.messages, items), earlierCursor: next })
      this.$nextTick(() => (log.scrollTop = log.scrollHeight - below)) // what was read stays where it is
    } catch (error) {
      if (turn !== this.turn) return
      failed(error)
    }
    this.talk = 'ready'
  },

  // Seen is what stands in a window that is looked at; it is told once.
  async see() {
    const until = received(this.messages, person.me?.id)
    if (document.visibilityState !== 'visible' || this.talk === 'loading' || until <= this.seen) return
    const before = this.seen
    this.seen = until
    await api.post(this.talkPath('/seen'), { until }).catch(() => (this.seen = Math.min(this.seen, before)))
  },

  rows() {
    const { unreadFrom, seenByOther } = this
    return rows(this.messages, { me: person.me?.id, zone: person.zone, unreadFrom, seenByOther })
  },
  parts: (text) => linked(text).map((part, at) => ({ ...part, at })),
  isAtEnd() {
    const log = this.$refs.log
    return !log || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR
  },
  toEnd() {
    const log = this.$refs.log
    if (log) log.scrollTop = log.scrollHeight
  },
})
