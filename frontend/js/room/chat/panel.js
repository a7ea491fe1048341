// The chat beside the call: it works while the picture does not, and says of each message how far it has come.
import { t } from '../../i18n.js'
import { linked } from '../../linked.js'
import { ulid } from '../../ulid.js'
import { createHabits } from '../habits.js'
import { inRoom } from '../state.js'
import { createFiles } from './files.js'
import { begun, changed, delivery, empty, heardUntil, merged, newest, seenUntil, unread, without } from './log.js'
import { createOutbox } from './outbox.js'

export const LONGEST = 2000
const PAGE = 50

export const chatPart = ({ room, failed, badge = () => {}, storage = () => sessionStorage }) => {
  const memory = createHabits({ storage, key: `chat:${room.id}` }) // what is not sent yet
  const reading = createHabits({ storage, key: `chat-heard:${room.id}` }) // {until}: how far we have read
  const place = `/sessions/${room.id}/chat`
  let log = heardUntil(empty, reading.read()?.until ?? '')
  let told = '' // how far the other knows that we have read
  let outbox = null
  let offs = []

  return {
    state: 'idle', // idle -> loading -> ready or failed; more while older ones are fetched
    items: [],
    draft: '',
    next: null,
    role: '',
    ...createFiles({ room, failed }),

    init() {
      const shown = () => this.look()
      outbox = createOutbox({
        ask: ({ id, text, material_id }) =>
          room.ask('chat', { id, text, ...(material_id && { material_id }) }, 'chat-taken'),
        news: {
          taken: (id, at) => this.take(changed(log, id, { state: 'sent', at })),
          failed: (id, words) => this.take(changed(log, id, { state: 'failed', words })),
        },
        memory,
      })
      offs = [
        room.on('state', (next) => this.follow(next)),
        room.hear('chat', (message) => this.come(message)),
        room.hear('chat-seen', ({ until }) => this.take(seenUntil(log, until))),
        room.hear('joined', () => this.resume()),
        ...this.followFiles(),
        () => document.removeEventListener('visibilitychange', shown),
      ]
      document.addEventListener('visibilitychange', shown)
      this.$watch('panel', () => this.look())
    },
    destroy() {
      for (const off of offs.splice(0)) off()
      outbox.close()
    },

    follow(next) {
      this.role = next.entry?.role ?? ''
      if (inRoom(next) && this.state === 'idle') this.load()
    },
    take(next) {
      const bottom = this.atBottom()
      log = next
      this.items = log.messages.map((each) => ({
        ...each,
        mine: each.by === this.role,
        delivery: delivery(log, each),
        parts: linked(each.text),
      }))
      this.lookAtFiles()
      badge('chat', unread(log, this.role))
      if (bottom) this.$nextTick(() => this.toBottom())
    },
    come(message) {
      this.take(merged(log, [message]))
      this.look()
    },
    /** We are in, for the first time or anew: what was said meanwhile is asked for, what waits is sent. */
    resume() {
      told = ''
      if (this.state === 'ready' || this.state === 'failed') this.load()
      outbox.retry()
    },

    async load() {
      if (this.state !== 'ready') this.state = 'loading'
      try {
        const { items, next, seen_by_other_until: seen } = await room.api.get(place, { limit: PAGE }, { quiet: true })
        const known = log.messages.some(({ id, state }) => state === 'sent' && id === items.at(-1)?.id)
        if (!known) this.next = next
        for (const each of outbox.waiting()) log = begun(log, { ...each, by: this.role })
        this.take(seenUntil(merged(log, items), seen ?? ''))
        this.state = 'ready'
        this.look()
      } catch {
        if (this.state === 'loading') this.state = 'failed'
      }
    },
    async older() {
      this.state = 'more'
      try {
        const { items, next } = await room.api.get(place, { limit: PAGE, cursor: this.next }, { quiet: true })
        this.next = next
        this.take(merged(log, items))
      } catch (error) {
        failed(error)
      }
      this.state = 'ready'
    },

    /** What is on the screen has been seen. */
    look() {
      const until = newest(log, this.role)
      if (this.panel !== 'chat' || document.visibilityState !== 'visible') return
      if (until > log.heard) {
        this.take(heardUntil(log, until))
        this.$nextTick(() => this.toBottom())
        reading.keep({ until })
      }
      if (until > told && room.send('chat-seen', { until })) told = until
    },
    get leftWords() {
      if (this.left < 0) return t('room.chat.over', { count: -this.left })
      return this.left < 200 ? t('room.chat.left', { count: this.left }) : ''
    },
    get left() {
      return LONGEST - this.draft.trim().length
    },
    get sendable() {
      return Boolean(this.draft.trim()) && this.left >= 0
    },
    send() {
      if (!this.sendable) return
      this.post({ text: this.draft.trim() })
      this.draft = ''
    },
    post(what) {
      const message = { id: ulid(room.now()), ...what }
      this.take(begun(log, { ...message, by: this.role, material: what.material_id ?? null }))
      this.$nextTick(() => this.toBottom())
      outbox.add(message)
    },
    again(item) {
      log = without(log, item.id)
      this.post({ text: item.text, ...(item.material && { material_id: item.material }) })
    },
    drop(item) {
      this.take(without(log, item.id))
    },
    /** Enter sends, with Shift it makes a line; not while a word is being composed. */
    typed(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.send()
    },

    atBottom() {
      const list = this.$refs.messages
      return !list || list.scrollHeight - list.scrollTop - list.clientHeight < 80
    },
    toBottom() {
      const list = this.$refs.messages
      if (list) list.scrollTop = list.scrollHeight
    },
  }
}
