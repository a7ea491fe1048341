// One request, /requests/<id>, as its two people see it: what is offered and by whom, the answer to it, and the words.
import { api, person, setPerson, start } from '../app.js'
import { holdLink } from '../booking/links.js'
import { ahead, forBoth, stage as stageOf } from '../booking/moments.js'
import { countering } from '../components/request-counter.js'
import { requestThread } from '../components/request-thread.js'
import { toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { asOf, deadline, ending, firstName, moveWords, otherOf, standing, tone } from '../requests/words.js'
import { mustBeSignedIn } from '../session.js'
import { roomLink } from '../show.js'
import { until } from '../time.js'

const FRESH = 3000
const TICK = 5000
const MEETING = new Set(['bookings', 'sessions'])
const id = decodeURIComponent(location.pathname.split('/').pop())

const requestPage = () => ({
  ...countering(),
  ...requestThread(),
  stage: 'loading', // loading -> ready, gone or failed
  problem: '',
  read: null, // as the server last said it
  booking: null, // of the session that was agreed on
  payments: false,
  feeBps: null,
  now: 0,
  skew: 0,
  fetchedAt: 0,
  doing: '', // the move under way
  choice: '',
  reason: '',

  async init() {
    this.offs = [
      live.on('changed', ({ data }) => this.follow(data.what)),
      live.on('welcome', () => Date.now() - this.fetchedAt > FRESH && this.refresh()),
    ]
    this.tick = setInterval(() => document.visibilityState === 'visible' && this.pass(), TICK)
    await this.load()
    live.connect()
  },
  destroy() {
    this.offs.forEach((off) => off())
    clearInterval(this.tick)
  },

  async load() {
    this.stage = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      this.take(await api.get(this.path()))
      this.stage = 'ready'
    } catch (error) {
      return Object.assign(this, { stage: error.status === 404 ? 'gone' : 'failed', problem: error.message })
    }
    document.title = t('mentor.page_title', { name: this.request.title })
    const config = api.get('/config').catch(() => null)
    await Promise.all([this.loadThread(), this.loadBooking()])
    const { payments = false, fee_bps: feeBps = null } = (await config) ?? {}
    Object.assign(this, { payments, feeBps })
  },
  async loadBooking() {
    if (!this.request.booking_id) return
    const path = `/bookings/${encodeURIComponent(this.request.booking_id)}`
    this.booking = (await api.get(path).catch(() => null)) ?? this.booking
  },
  async follow(what) {
    if (what === 'requests') await Promise.all([this.refresh(), this.loadThread()])
    else if (MEETING.has(what) && this.read) await this.loadBooking()
  },
  async refresh() {
    if (!this.read) return
    const fresh = await api.get(this.path()).catch(() => null)
    if (fresh) this.take(fresh)
    await this.loadBooking()
  },
  take(request) {
    const now = Date.now()
    Object.assign(this, { read: request, fetchedAt: now, skew: ahead(request.server_time, now) })
    const { choices } = request.terms
    if (!choices.includes(this.choice)) this.choice = choices[0] ?? ''
    this.pass()
  },
  pass() {
    this.now = Date.now() + this.skew
  },
  path: (move = '') => `/requests/${encodeURIComponent(id)}${move}`,

  get request() {
    return asOf(this.read, this.now)
  },
  get learning() {
    return this.read.viewer === 'learner'
  },
  other() {
    return otherOf(this.read)
  },
  otherName() {
    return firstName(this.other())
  },
  otherZone() {
    return this.read.other_zone
  },
  minutes() {
    return this.read.duration_minutes
  },
  both(at) {
    return forBoth(at, this.minutes(), { zone: person.zone, otherZone: this.otherZone(), name: this.otherName() })
  },
  status() {
    return standing(this.request)
  },
  tone() {
    return tone(this.request)
  },
  deadline() {
    return deadline(this.request, this.now)
  },
  ending() {
    return ending(this.request)
  },
  said(move) {
    return moveWords(move, this.request)
  },
  isClose(at) {
    return !this.request.terms.choices.includes(at)
  },
  phase() {
    return this.booking ? stageOf(this.booking, this.now) : ''
  },
  startsIn() {
    return until(this.booking.session.starts_at, this.now)
  },
  payLink() {
    return holdLink(this.booking)
  },
  room() {
    return roomLink(this.request.session_id)
  },

  // One move at a time; what stands in its way is said, and what is shown is fetched anew.
  async act(name, send, words) {
    if (this.doing) return
    Object.assign(this, { doing: name, problem: '' })
    try {
      this.take(await send())
      await this.loadBooking()
      toast(words)
      this.focusOn('outcome')
      return true
    } catch (error) {
      this.problem = Object.values(error.fields?.reason ? error.fields : {}).join(' ') || error.message
      await this.refresh()
      this.focusOn('refusal')
    } finally {
      this.doing = ''
    }
  },
  focusOn(name) {
    this.$nextTick(() => this.$refs[name]?.focus())
  },
  post(move, body = {}) {
    return api.post(this.path(move), { version: this.read.version, ...body })
  },
  accept() {
    return this.act('accept', () => this.post('/accept', { starts_at: this.choice }), t('request.accepted'))
  },
  openDecline() {
    Object.assign(this, { reason: '', problem: '' })
    this.$refs.decline.showModal()
  },
  async decline() {
    if (!this.reason.trim()) return this.$refs.reason.focus()
    this.$refs.decline.close()
    await this.act('decline', () => this.post('/decline', { reason: this.reason.trim() }), t('request.declined'))
  },
  withdraw() {
    this.$refs.withdraw.close()
    return this.act('withdraw', () => this.post('/withdraw'), t('request.withdrawn'))
  },
  async goLive() {
    this.doing = 'live'
    try {
      await api.post(`/rooms/${encodeURIComponent(this.request.session_id)}/live`)
      location.assign(this.room())
    } catch (error) {
      Object.assign(this, { doing: '', problem: error.message })
      await this.loadBooking()
    }
  },
})

start({ requestPage })
