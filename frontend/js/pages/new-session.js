// Describing one session at a fixed time in four steps with a live preview: a new one, a copy, or one that is there already.
import { api, setPerson, start } from '../app.js'
import { newKey } from '../api.js'
import { without } from '../checks.js'
import { dayAgenda } from '../components/day-agenda.js'
import { leaveGuard } from '../components/leave-guard.js'
import { toastNext } from '../components/toasts.js'
import { topicsField } from '../components/topics-field.js'
import { t } from '../i18n.js'
import { BLANK, durationOptions, paise, sent, wordCount } from '../pitch/pitch.js'
import { mustBeSignedIn } from '../session.js'
import { shareWords } from '../pitch/share.js'
import { browserZone, clock, dateIn, zoneName } from '../time.js'
import { drafting } from '../wizard/drafting.js'
import { changes, copied, inForm, isEditable, isLocked, merged } from '../wizard/editing.js'
import { firstWrong, LAST, refusal, startsAt, wrongAt } from '../wizard/steps.js'

const STALE = new Set(['session_changed', 'changed_meanwhile', 'frozen', 'not_editable', 'too_late'])
const quarters = Array.from(
  { length: 96 },
  (_, n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`,
)
const asked = new URLSearchParams(location.search)
const path = (id) => `/sessions/${encodeURIComponent(id)}`

const newSession = () => ({
  ...drafting(),
  ...leaveGuard(),
  stage: 'loading', // loading -> writing -> publishing; or closed (not approved), unverified, gone (nothing to edit), failed
  step: 1,
  reviewed: false, // every step has been seen: mending one leads back to the last
  values: { ...BLANK, date: '', time: '' },
  errors: {},
  problem: '',
  key: newKey(),
  session: null, // the one that is edited
  payments: false,
  feeBps: null,
  me: null,
  zone: browserZone(),
  today: '',
  timeOptions: quarters.map((value) => ({ value, words: clock(`2000-01-01T${value}:00Z`, 'UTC') })),
  durationOptions: durationOptions(),

  init() {
    this.guard(() => this.stage === 'writing' && this.isUnsaved())
    return this.load()
  },
  destroy() {
    this.unguard()
    this.stopDrafting()
  },
  async load() {
    this.stage = 'loading'
    try {
      await this.open(await mustBeSignedIn())
    } catch (error) {
      if (error.status === 404) return (this.stage = 'gone')
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
  async open(me) {
    setPerson(me)
    Object.assign(this, { me, zone: me.zone, today: dateIn(me.zone, api.now()) })
    if (me.mentor?.status !== 'approved') return (this.stage = 'closed')
    if (!me.email_verified) return (this.stage = 'unverified')
    const { payments, fee_bps: feeBps } = await api.get('/config')
    Object.assign(this, { payments, feeBps })
    if (asked.has('session')) return this.openSession(await api.get(path(asked.get('session'))))
    const from = asked.has('from') ? copied(await api.get(path(asked.get('from')))) : {}
    this.values = { ...BLANK, date: '', time: '', domain: me.mentor.domains[0] ?? '', ...from }
    await this.openDrafts(asked.get('draft'))
    this.write()
  },
  openSession(session) {
    if (!isEditable(session, api.now())) return (this.stage = 'gone')
    Object.assign(this, { session, values: inForm(session, this.zone), reviewed: true, step: LAST })
    document.title = t('wizard.edit_page_title', { title: session.title })
    this.write()
  },
  write() {
    this.stage = 'writing'
    this.$watch('values', () => this.changed())
    if (!this.session) this.$watch('step', () => this.keep())
  },
  changed() {
    this.key = newKey()
    if (!this.session) this.keep()
  },
  isUnsaved() {
    return this.session ? Object.keys(this.changes).length > 0 : this.isBehind()
  },

  get startsAt() {
    return startsAt(this.values, this.zone)
  },
  get minutes() {
    return Number(this.values.duration_minutes)
  },
  get paise() {
    return paise(this.values.price) ?? 0
  },
  get shareWords() {
    return shareWords(paise(this.values.price), this.feeBps)
  },
  get changes() {
    return changes(this.values, this.session, this.zone)
  },
  get locked() {
    return Boolean(this.session) && isLocked(this.session)
  },
  get zoneWords() {
    return t('new_session.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  get wordCount() {
    return wordCount(this.values.description)
  },
  get about() {
    return { zone: this.zone, now: api.now(), kept: this.session?.starts_at ?? null }
  },

  recheck(field) {
    if (!this.errors[field] || wrongAt(this.step, this.values, this.about)[field]) return
    this.errors = without(this.errors, field)
    if (!Object.keys(this.errors).length) this.problem = ''
  },
  submit() {
    if (this.stage !== 'writing') return
    const wrong = this.step === LAST ? firstWrong(this.values, this.about) : this.step
    const errors = wrong ? wrongAt(wrong, this.values, this.about) : {}
    if (Object.keys(errors).length) return this.showWrong(wrong, errors)
    if (this.step === LAST) return this.session ? this.save() : this.publish()
    const next = this.reviewed ? LAST : this.step + 1
    this.reviewed ||= next === LAST
    return this.goTo(next)
  },

  async publish() {
    this.stage = 'publishing'
    const body = { ...sent(this.values), starts_at: this.startsAt }
    try {
      await this.stopDrafting()
      const session = await api.post('/sessions', this.withDraft(body), { key: this.key })
      toastNext(t('new_session.published', { title: session.title }))
      location.assign('/mentor#upcoming')
    } catch (error) {
      this.refuse(error)
    }
  },
  async save() {
    this.stage = 'publishing'
    try {
      if (this.isUnsaved()) {
        await api.patch(path(this.session.id), { version: this.session.version, ...this.changes })
        toastNext(t('wizard.saved', { title: this.values.title.trim() }))
      }
      location.assign(`/s/${encodeURIComponent(this.session.id)}`)
    } catch (error) {
      if (STALE.has(error.code)) await this.overtaken(error).catch((also) => this.refuse(also))
      else this.refuse(error)
    }
  },
  // It is not any more what was read: shown anew, with one's own changes on top.
  async overtaken(error) {
    const fresh = await api.get(path(this.session.id))
    if (!isEditable(fresh, api.now())) return (this.stage = 'gone')
    const values = merged(this.values, this.session, fresh, this.zone)
    Object.assign(this, { session: fresh, values, stage: 'writing' })
    this.goTo(LAST)
    this.say(error.message)
  },
  // Back to the step that can mend it, with everything still there.
  refuse(error) {
    this.stage = 'writing'
    const { step, errors } = refusal(error)
    this.goTo(step)
    this.errors = errors
    this.say(error.message)
  },
  showWrong(step, errors) {
    if (step !== this.step) this.goTo(step)
    this.errors = errors
    this.say(t('form.look_again'))
  },
  say(problem) {
    this.problem = problem
    this.$nextTick(() => (this.wrongField() ?? this.$root.querySelector('[role="alert"]'))?.focus())
  },
  wrongField() {
    return [...this.$root.querySelectorAll('[aria-invalid="true"]')].find((each) => each.checkVisibility())
  },
  goTo(step) {
    Object.assign(this, { step, problem: '', errors: {} })
    this.$nextTick(() => this.$root.querySelector(`[data-step="${step}"] h1`)?.focus())
    scrollTo(0, 0)
  },
})

start({ dayAgenda, newSession, topicsField })
