// One's messages, /messages and /messages/<whom>: the list of conversations and the open one, side by side where there
// is room for both. Going from one to another loads no page, so the line stays.
import { api, person, setPerson, start } from '../app.js'
import { conversation } from '../components/conversation.js'
import { focusSoon } from '../components/focus.js'
import { lookAgain } from '../components/looking.js'
import { safety } from '../components/safety.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { presenceWords } from '../presence/asking.js'
import { mustBeSignedIn } from '../session.js'
import { clock, dateIn, day } from '../time.js'

const PAGE = 30
const asked = () => ({
  whom: decodeURIComponent(/\/messages\/([^/]+)$/.exec(location.pathname)?.[1] ?? ''),
  about: new URLSearchParams(location.search).get('about') ?? '',
})

const messagesPage = () => ({
  ...conversation(),
  ...safety(),
  list: 'loading', // loading -> ready, `more` while the next page comes, or failed
  listProblem: '',
  threads: [],
  nextThreads: null,
  blocked: [],

  async init() {
    this.root = this.$el
    this.initTalk()
    this.offs.push(
      live.on('changed', ({ data }) => data.what === 'messages' && this.loadThreads({ quiet: true })),
      live.on('welcome', () => this.loadThreads({ quiet: true })),
      lookAgain({ look: () => this.loadThreads({ quiet: true }), mayChange: () => true }),
    )
    this.back = () => this.show()
    addEventListener('popstate', this.back)
    await this.load()
    live.connect()
  },
  destroy() {
    this.destroyTalk()
    removeEventListener('popstate', this.back)
  },
  async load() {
    try {
      setPerson(await mustBeSignedIn())
    } catch (error) {
      return Object.assign(this, { list: 'failed', listProblem: error.message })
    }
    await Promise.all([this.loadThreads(), this.show()])
  },

  async loadThreads({ quiet = false } = {}) {
    if (!quiet) this.list = 'loading'
    try {
      const limit = Math.min(100, Math.max(PAGE, this.threads.length))
      const { items, next } = await api.get('/threads', { limit })
      Object.assign(this, { threads: items, nextThreads: next, list: 'ready' })
    } catch (error) {
      if (!quiet || this.list !== 'ready') Object.assign(this, { list: 'failed', listProblem: error.message })
    }
  },
  async moreThreads() {
    this.list = 'more'
    try {
      const { items, next } = await api.get('/threads', { limit: PAGE, cursor: this.nextThreads })
      const known = new Set(this.threads.map(({ other }) => other.id))
      this.threads = [...this.threads, ...items.filter(({ other }) => !known.has(other.id))]
      this.nextThreads = next
    } catch (error) {
      failed(error)
    }
    this.list = 'ready'
  },

  show() {
    const { whom, about } = asked()
    if (whom !== this.otherId || this.talk === 'gone') return this.open(whom, about)
  },
  choose(event, id) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    event.preventDefault()
    if (id === this.otherId) return
    history.pushState(null, '', event.currentTarget.href)
    this.show().then(() => focusSoon(this.root, id ? 'write' : 'heading'))
  },
  isOpen(thread) {
    return thread.other.id === this.otherId
  },
  lastWords({ last }) {
    if (!last) return ''
    return last.by === 'me' ? t('messages.you_wrote', { text: last.text || '…' }) : last.text || '…'
  },
  lastTime({ last }) {
    if (!last) return ''
    const today = dateIn(person.zone, Date.now()) === dateIn(person.zone, new Date(last.at))
    return today ? clock(last.at, person.zone) : day(last.at, person.zone)
  },
  presenceWords,

  howWords: (how) => (how ? t(`messages.how.${how}`) : ''),
  cannotWrite() {
    if (this.other?.blocked) return t('messages.you_blocked', { name: this.other.name })
    return this.other?.gone ? t('messages.gone_person') : ''
  },
  async toggleMuted() {
    const muted = !this.muted
    try {
      await api.put(this.talkPath('/muted'), { muted })
      this.muted = muted
      toast(t(muted ? 'messages.muted_done' : 'messages.unmuted_done'))
      this.loadThreads({ quiet: true })
    } catch (error) {
      failed(error)
    }
  },
  wasBlocked({ detail }) {
    if (this.other?.id === detail.id) this.other = { ...this.other, blocked: detail.blocked }
    this.blocked = this.blocked.filter(({ id }) => id !== detail.id || detail.blocked)
    this.loadThreads({ quiet: true })
  },
  async openBlocked() {
    try {
      this.blocked = (await api.get('/blocks')).items
      this.$refs.blocked.showModal()
    } catch (error) {
      failed(error)
    }
  },
})

const threadMenu = () => ({
  state: 'closed',
  toggle() {
    this.state = this.state === 'closed' ? 'open' : 'closed'
  },
  close() {
    this.state = 'closed'
  },
  // Before what was chosen is done: a dialog that it opens gives the focus back to where it was.
  chosen() {
    this.escape()
  },
  escape() {
    if (this.state !== 'open') return
    this.state = 'closed'
    this.$refs.menuButton.focus()
  },
})

start({ messagesPage, threadMenu })
