// One's notifications, /notifications, day by day; /notifications?show=unread lists those that are unread.
import { api, person, setPerson, start } from '../app.js'
import { lookAgain } from '../components/looking.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { byDay, lacksUnread, latestFirst, refreshed, unreadIn } from '../notifications/listing.js'
import { mine } from '../notifications/mine.js'
import { openNotification } from '../notifications/opening.js'
import { mustBeSignedIn } from '../session.js'
import { clock, day } from '../time.js'

const PAGE = 20
const MOST = 50 // of one answer
const asked = () => (new URLSearchParams(location.search).get('show') === 'unread' ? 'unread' : 'all')

const notificationsPage = () => ({
  state: 'loading', // loading -> ready, `more` while the next page comes, or failed
  problem: '',
  items: [],
  next: null,
  unread: 0,
  show: asked(), // all or unread
  wanted: PAGE, // how many unread ones
  turn: 0,
  reads: [], // what was read here: an answer on its way may not know of it

  async init() {
    this.root = this.$root
    this.back = () => this.choose(asked(), { quiet: true })
    addEventListener('popstate', this.back)
    this.offs = [
      mine.watch(({ count }) => this.state !== 'loading' && (this.unread = count)),
      mine.onRead((change) => this.take(change)),
      live.on('changed', ({ data }) => data.what === 'notifications' && this.load({ quiet: true })),
      live.on('welcome', () => this.load({ quiet: true })), // what came before the line was there was told to nobody
      lookAgain({ look: () => this.load({ quiet: true }), mayChange: () => true }),
    ]
    await this.load()
    live.connect()
  },
  destroy() {
    removeEventListener('popstate', this.back)
    this.offs.forEach((off) => off())
  },

  async load({ quiet = false } = {}) {
    const turn = ++this.turn
    if (!quiet) this.state = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      const limit = Math.min(MOST, Math.max(PAGE, this.items.length))
      const fresh = await api.get('/notifications', { limit })
      if (turn !== this.turn) return
      Object.assign(this, refreshed(this, this.known(fresh)), { state: 'ready' })
      await this.fill()
    } catch (error) {
      if (turn !== this.turn || (quiet && this.state === 'ready')) return
      Object.assign(this, { state: 'failed', problem: error.message })
    }
  },
  known(page) {
    return { ...page, items: this.reads.reduce((items, change) => change(items), page.items) }
  },
  take(change) {
    this.reads.push(change)
    this.items = change(this.items)
  },
  // Unread ones may lie behind many that were read.
  async fill() {
    const turn = this.turn
    while (this.show === 'unread' && this.next && lacksUnread(this.items, this.unread, this.wanted)) {
      const { items, next } = this.known(await api.get('/notifications', { limit: MOST, cursor: this.next }))
      if (turn !== this.turn) return
      Object.assign(this, { items: [...this.items, ...items], next })
    }
  },
  async more() {
    if (this.state !== 'ready' || !this.next) return
    const turn = this.turn
    this.state = 'more'
    try {
      if (this.show === 'unread') {
        this.wanted += PAGE
        await this.fill()
      } else {
        const { items, next } = this.known(await api.get('/notifications', { limit: PAGE, cursor: this.next }))
        if (turn === this.turn) Object.assign(this, { items: [...this.items, ...items], next })
      }
    } catch (error) {
      failed(error)
    }
    if (this.state === 'more') this.state = 'ready'
  },
  get goesOn() {
    return Boolean(this.next) && (this.show === 'all' || unreadIn(this.items).length < this.unread)
  },

  choose(show, { quiet = false } = {}) {
    if (show === this.show) return
    Object.assign(this, { show, wanted: PAGE })
    if (!quiet) history.pushState(null, '', show === 'all' ? location.pathname : '?show=unread')
    this.fill().catch(failed)
  },
  get shown() {
    return latestFirst(this.show === 'all' ? this.items : unreadIn(this.items))
  },
  get days() {
    return byDay(this.shown, person.zone, api.now())
  },
  dayWords({ word, at }) {
    if (!word) return day(at, person.zone)
    return word === 'today' ? t('notifications.today') : t('notifications.yesterday')
  },
  came: (item) => clock(item.at, person.zone),

  follow: openNotification,
  async readOne(item) {
    const at = this.shown.findIndex(({ id }) => id === item.id)
    const reading = mine.read(item)
    this.$nextTick(() => (this.root.querySelectorAll('.note')[at] ?? this.$refs.heading).focus())
    await reading.catch((error) => this.undo(error))
  },
  async readAll() {
    this.$refs.heading.focus()
    try {
      await mine.readAll(this.items)
      toast(t('notifications.all_read'))
    } catch (error) {
      await this.undo(error)
    }
  },
  async undo(error) {
    failed(error)
    this.reads = []
    await this.load({ quiet: true })
  },
})

start({ notificationsPage })
