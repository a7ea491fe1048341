// Asking a mentor for a session, /requests/new?mentor=<slug>: what it is about, and up to three times that would suit.
import { api, person, setPerson, start } from '../app.js'
import { newKey } from '../api.js'
import { between, problems, required, without, words } from '../checks.js'
import { leaveGuard } from '../components/leave-guard.js'
import { timeRows } from '../components/time-rows.js'
import { toastNext } from '../components/toasts.js'
import { t } from '../i18n.js'
import { paise, priceFault } from '../pitch/pitch.js'
import { firstName } from '../requests/words.js'
import { mustBeSignedIn } from '../session.js'
import { duration, zoneName } from '../time.js'

const MOST_WORDS = 200
const slug = new URLSearchParams(location.search).get('mentor') ?? ''

const CHECKS = {
  title: between(10, 100, 'check.title'),
  domain: required('check.domain'),
  price: priceFault,
  description: (text) => {
    if (!words(text)) return t('ask.say_what')
    return words(text) <= MOST_WORDS ? '' : t('check.description_long', { most: MOST_WORDS })
  },
}

const newRequest = () => ({
  ...timeRows(),
  ...leaveGuard(),
  stage: 'loading', // loading -> writing -> sending; or gone, own, unverified, failed
  problem: '',
  openOne: '', // the request that is open with this mentor already
  mentor: null,
  payments: false,
  values: { title: '', domain: '', description: '', duration_minutes: '60', price: '' },
  errors: {},
  key: newKey(),
  durationOptions: Array.from({ length: 11 }, (_, n) => 30 + n * 15).map((each) => ({
    value: String(each),
    words: duration(each),
  })),

  async init() {
    this.guard(() => this.stage === 'writing' && this.isBegun())
    await this.load()
  },
  destroy() {
    this.unguard()
  },
  async load() {
    this.stage = 'loading'
    try {
      const me = await mustBeSignedIn()
      setPerson(me)
      const [mentor, config] = await Promise.all([
        slug ? api.get(`/mentors/${encodeURIComponent(slug)}`) : null,
        api.get('/config').catch(() => null),
      ])
      this.open(me, mentor, config)
    } catch (error) {
      Object.assign(this, { stage: error.status === 404 ? 'gone' : 'failed', problem: error.message })
    }
  },
  open(me, mentor, config) {
    if (!mentor) return (this.stage = 'gone')
    if (mentor.id === me.id) return (this.stage = 'own')
    if (!me.email_verified) return (this.stage = 'unverified')
    Object.assign(this, { mentor, payments: Boolean(config?.payments) })
    this.values.domain = mentor.domains[0] ?? ''
    this.startRows()
    this.stage = 'writing'
    document.title = t('mentor.page_title', { name: t('ask.title', { name: mentor.name }) })
    this.$watch('values', () => this.renew())
    this.$watch('rows', () => this.renew())
  },
  // Another input is another request: only the very same one is not to be made twice.
  renew() {
    if (this.stage === 'writing') this.key = newKey()
  },
  isBegun() {
    return Boolean(this.values.title || this.values.description || this.wantedTimes().length)
  },

  otherName() {
    return firstName(this.mentor)
  },
  otherZone() {
    return this.mentor.zone ?? null
  },
  minutes() {
    return Number(this.values.duration_minutes)
  },
  get zoneWords() {
    return t('new_session.zone', { zone: zoneName(person.zone), name: person.zone })
  },
  get wordCount() {
    return t('new_session.words', { count: words(this.values.description), most: MOST_WORDS })
  },

  recheck(field) {
    if (!this.errors[field] || CHECKS[field]?.(this.values[field])) return
    this.errors = without(this.errors, field)
    if (!Object.keys(this.errors).length) this.problem = ''
  },
  async submit() {
    if (this.stage !== 'writing') return
    Object.assign(this, { problem: '', openOne: '', errors: problems(CHECKS, this.values) })
    const timesFit = this.checkRows()
    if (Object.keys(this.errors).length || !timesFit) return this.refuse(t('form.look_again'))
    this.stage = 'sending'
    try {
      const made = await api.post('/requests', this.body(), { key: this.key })
      toastNext(t('ask.sent', { name: this.mentor.name }))
      location.assign(`/requests/${encodeURIComponent(made.id)}`)
    } catch (error) {
      this.take(error)
    }
  },
  body() {
    const { title, domain, description, price } = this.values
    return {
      mentor_slug: slug,
      title: title.trim(),
      domain,
      description: description.trim(),
      times: this.wantedTimes(),
      duration_minutes: this.minutes(),
      price_paise: this.payments ? paise(price) : 0,
    }
  },
  take({ fields = {}, code, message }) {
    const { times, price_paise: price, ...others } = fields
    this.errors = price ? { ...others, price } : others
    if (times) this.rowErrors = { [this.rows[0].key]: times }
    this.openOne = code === 'has_request' ? (fields.request_id ?? '') : ''
    this.refuse(message)
  },
  refuse(message) {
    Object.assign(this, { stage: 'writing', problem: message })
    this.$nextTick(() =>
      (this.$root.querySelector('[aria-invalid="true"]') ?? this.$root.querySelector('[role="alert"]'))?.focus(),
    )
  },
})

start({ newRequest })
