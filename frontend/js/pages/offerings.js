// What a mentor offers at any open time: a list by state, and the form to write one.
import { api, start } from '../app.js'
import { leaveGuard } from '../components/leave-guard.js'
import { mentorPage } from '../components/mentor-page.js'
import { failed, toast } from '../components/toasts.js'
import { topicsField } from '../components/topics-field.js'
import { t } from '../i18n.js'
import { newKeys, writing } from '../offerings/writing.js'
import { durationOptions, paise, wordCount } from '../pitch/pitch.js'
import { shareWords } from '../pitch/share.js'

const page = mentorPage(['availability'])

const offeringsPage = () => ({
  ...page,
  ...leaveGuard(),
  ...writing(),
  items: [], // the newest first
  fields: [], // the mentor's own domains
  slug: '',
  payments: false,
  feeBps: null,
  locked: false, // the price can always be set; the same fields are locked in a session that is taken
  hours: 'unknown', // set, or none: then nothing can be booked
  moving: '', // the id of the one being published or archived
  durationOptions: durationOptions(),

  init() {
    this.root = this.$root // also for what is called from a card that is gone by then
    this.guard(() => this.isDirty() || this.notSaved().length > 0)
    this.turned = () => this.stage === 'ready' && this.turn()
    addEventListener('hashchange', this.turned)
    this.$watch('stage', (stage) => stage === 'ready' && this.turn())
    this.$watch('values', () => (this.keys = newKeys()))
    return page.init.call(this)
  },
  destroy() {
    this.unguard()
    removeEventListener('hashchange', this.turned)
    page.destroy.call(this)
  },
  async fetchAll(me) {
    Object.assign(this, { slug: me.mentor.slug, fields: me.mentor.domains })
    const [config, availability] = await Promise.all([
      api.get('/config'),
      api.get('/me/availability'),
      this.fetchItems(),
    ])
    Object.assign(this, { payments: config.payments, feeBps: config.fee_bps })
    const { weekly, overrides } = availability
    const some = [...Object.values(weekly), ...overrides.map(({ ranges }) => ranges)].some((ranges) => ranges.length)
    this.hours = some ? 'set' : 'none'
  },
  async fetchItems() {
    this.items = (await api.get('/me/offerings')).items
  },
  async follow() {
    if (!this.place) await this.fetchItems().catch(() => null)
  },

  get paise() {
    return paise(this.values.price) ?? 0
  },
  get shareWords() {
    return shareWords(paise(this.values.price), this.feeBps)
  },
  get minutes() {
    return Number(this.values.duration_minutes)
  },
  get wordCount() {
    return wordCount(this.values.description)
  },
  of(status) {
    return this.items.filter((each) => each.status === status)
  },
  put(saved) {
    const others = this.items.filter((each) => each.id !== saved.id)
    this.items = [...others, saved].sort((a, b) => (a.id < b.id ? 1 : -1))
  },
  publicPage(offering) {
    return `/m/${encodeURIComponent(this.slug)}${offering ? `?offering=${encodeURIComponent(offering.id)}` : ''}`
  },
  publish(offering) {
    return this.move(offering, 'publish')
  },
  archive(offering) {
    return this.move(offering, 'archive')
  },
  async move(offering, how) {
    if (this.moving) return
    this.moving = offering.id
    try {
      const saved = await api.post(`/me/offerings/${encodeURIComponent(offering.id)}/${how}`)
      this.put(saved)
      toast(t(`offerings.saved.${saved.status}`, { title: saved.title }))
      this.$nextTick(() => this.root.querySelector(`[data-offering="${saved.id}"] h3`)?.focus())
    } catch (error) {
      await this.refuseMove(offering, error)
    }
    this.moving = ''
  },
  // What is missing is mended in the form; what changed elsewhere is shown as it is now.
  async refuseMove(offering, error) {
    if (Object.keys(error.fields).length && offering.status === 'draft') {
      this.write(offering.id)
      return setTimeout(() => this.refuse(error))
    }
    failed(error)
    await this.fetchItems().catch(() => null)
  },
})

start({ offeringsPage, topicsField })
