// Publishing one session at a fixed time, in four steps with a live preview; the draft survives a closed tab.
import { api, person, start } from '../app.js'
import { newKey } from '../api.js'
import { between, count, problems, required, without, words } from '../checks.js'
import { toastNext } from '../components/toasts.js'
import { t } from '../i18n.js'
import { mustBeSignedIn } from '../session.js'
import { browserZone, clock, dateIn, duration, toUtc, zoneName } from '../time.js'

const BLANK = { title: '', domain: '', topics: [], description: '', date: '', time: '', duration_minutes: '60' }
const STEP_OF = { title: 1, domain: 1, topics: 1, description: 2, date: 3, time: 3, starts_at: 3, duration_minutes: 3 }
const MOST_WORDS = 200

const description = (text) => {
  if (!words(text)) return t('check.description')
  return words(text) <= MOST_WORDS ? '' : t('check.description_long', { most: MOST_WORDS })
}
const CHECKS = {
  1: { title: between(10, 100, 'check.title'), domain: required('check.domain'), topics: count(1, 5, 'check.topics') },
  2: { description },
  3: { date: required('check.date'), time: required('check.time') },
  4: {},
}

const quarters = Array.from(
  { length: 96 },
  (_, n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`,
)
const draftName = () => `draft:new-session:${person.me.id}`

const newSession = () => ({
  stage: 'loading', // loading -> writing -> publishing; or closed (not approved), unverified, failed
  step: 1,
  values: { ...BLANK },
  errors: {},
  problem: '',
  key: newKey(),
  zone: browserZone(),
  today: '',
  timeOptions: quarters.map((value) => ({ value, words: clock(`2000-01-01T${value}:00Z`, 'UTC') })),
  durationOptions: Array.from({ length: 11 }, (_, n) => 30 + n * 15).map((each) => ({
    value: String(each),
    words: duration(each),
  })),

  async init() {
    this.stage = 'loading'
    try {
      this.open(await mustBeSignedIn())
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },

  open(me) {
    Object.assign(this, { zone: me.zone, today: dateIn(me.zone, api.now()) })
    if (me.mentor?.status !== 'approved') return (this.stage = 'closed')
    if (!me.email_verified) return (this.stage = 'unverified')
    this.values = { ...BLANK, domain: me.mentor.domains[0] ?? '', ...this.kept(me) }
    this.stage = 'writing'
    this.$watch('values', () => this.keep())
  },

  kept: (me) => JSON.parse(localStorage.getItem(`draft:new-session:${me.id}`) ?? '{}'),
  keep() {
    this.key = newKey()
    if (this.stage === 'writing') localStorage.setItem(draftName(), JSON.stringify(this.values))
  },
  discard() {
    localStorage.removeItem(draftName())
    Object.assign(this, { values: { ...BLANK, domain: person.me.mentor.domains[0] ?? '' }, errors: {}, problem: '' })
    this.goTo(1)
  },

  get startsAt() {
    return this.values.date && this.values.time ? toUtc(this.values.date, this.values.time, this.zone) : null
  },
  get minutes() {
    return Number(this.values.duration_minutes)
  },
  get zoneWords() {
    return t('new_session.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  get wordCount() {
    return t('new_session.words', { count: words(this.values.description), most: MOST_WORDS })
  },

  recheck(field) {
    if (!this.errors[field] || CHECKS[this.step][field]?.(this.values[field])) return
    this.errors = without(this.errors, field)
    if (!Object.keys(this.errors).length) this.problem = ''
  },

  wrongAt(step) {
    const found = problems(CHECKS[step], this.values)
    if (step === 3 && !found.date && !found.time) {
      if (!this.startsAt) found.time = t('check.skipped_hour')
      else if (Date.parse(this.startsAt) <= api.now()) found.date = t('check.future')
    }
    return found
  },

  submit() {
    if (this.stage !== 'writing') return
    this.problem = ''
    this.errors = this.wrongAt(this.step)
    if (Object.keys(this.errors).length) return this.focusWrong()
    if (this.step < 4) return this.goTo(this.step + 1)
    return this.publish()
  },

  async publish() {
    this.stage = 'publishing'
    const { title, domain, topics, description: about, duration_minutes: minutes } = this.values
    const body = {
      title: title.trim(),
      description: about.trim(),
      topics,
      domain,
      starts_at: this.startsAt,
      duration_minutes: Number(minutes),
    }
    try {
      const session = await api.post('/sessions', body, { key: this.key })
      localStorage.removeItem(draftName())
      toastNext(t('new_session.published', { title: session.title }))
      location.assign('/mentor#upcoming')
    } catch (error) {
      this.refuse(error)
    }
  },

  // Back to the step that can mend it, with everything still there.
  refuse(error) {
    this.stage = 'writing'
    const { starts_at: when, ...fields } = error.fields ?? {}
    const found = when ? { ...fields, date: when } : fields
    const steps = Object.keys(found)
      .map((field) => STEP_OF[field])
      .filter(Boolean)
    const step = error.code === 'time_taken' ? 3 : Math.min(4, ...steps)
    this.goTo(step)
    Object.assign(this, { problem: error.message, errors: found })
  },

  goTo(step) {
    Object.assign(this, { step, problem: '', errors: {} })
    this.$nextTick(() => this.$root.querySelector(`[data-step="${step}"] h1`)?.focus())
    scrollTo(0, 0)
  },
  focusWrong() {
    this.problem = t('form.look_again')
    this.$nextTick(() => this.$root.querySelector('[aria-invalid="true"]')?.focus())
  },
})

start({ newSession })
