// What one is told, by which channel and when: a table of groups, quiet hours, and alerts on this device.
import { api, setPerson, start } from '../app.js'
import { without } from '../checks.js'
import { leaveGuard } from '../components/leave-guard.js'
import { pushSwitch } from '../components/settings-push.js'
import { toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { differs, editable, faultsOf, rebased, refused, sent } from '../notifications/wishes.js'
import { mustBeSignedIn } from '../session.js'
import { clock, toUtc, zoneName } from '../time.js'

const PATH = '/me/preferences'

const preferences = () => ({
  ...leaveGuard(),
  stage: 'loading', // loading -> ready, or failed
  saving: 'no', // no -> yes
  problem: '',
  errors: {},
  rows: [], // {group, choices}: choices of mails
  values: null,
  read: null, // as the server has it
  version: 0, // of that
  zone: '',

  async init() {
    this.root = this.$root
    this.guard(() => this.dirty)
    this.onShow = () => document.visibilityState === 'visible' && this.look()
    document.addEventListener('visibilitychange', this.onShow)
    await this.load()
  },
  destroy() {
    this.unguard()
    document.removeEventListener('visibilitychange', this.onShow)
  },
  async load() {
    this.stage = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      this.take(await api.get(PATH))
      this.stage = 'ready'
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
  // Back from another tab or a link in a mail: what was chosen there stands here, unless something was begun here.
  async look() {
    if (this.stage !== 'ready' || this.dirty || this.saving === 'yes') return
    const view = await api.get(PATH).catch(() => null)
    if (view && view.version !== this.version && !this.dirty && this.saving === 'no') this.take(view)
  },
  take(view) {
    Object.assign(this, { zone: view.zone, version: view.version })
    this.rows = Object.entries(view.groups).map(([group, { mail_choices: choices }]) => ({ group, choices }))
    Object.assign(this, { values: editable(view), read: editable(view), errors: {}, problem: '' })
  },
  get dirty() {
    return Boolean(this.values) && differs(this.values, this.read)
  },

  about: ({ group }) => t(`preferences.group.${group}`),
  aboutWords: ({ group }) => t(`preferences.group.${group}_text`),
  choiceWords: (choice) => t(`preferences.mail.${choice}`),
  isFixed: ({ choices }) => choices.length < 2,
  mail(row) {
    return this.values.groups[row.group].mail
  },
  push(row) {
    return this.values.groups[row.group].push === 'on'
  },
  wish(row, change) {
    const { groups } = this.values
    this.values.groups = { ...groups, [row.group]: { ...groups[row.group], ...change } }
    this.recheck(row.group)
  },
  // An error goes as soon as its place is mended.
  recheck(place) {
    const rest = without(this.errors, place)
    this.errors = place === 'from' || place === 'to' ? { ...without(without(rest, 'from'), 'to') } : rest
    if (!Object.keys(this.errors).length) this.problem = ''
  },

  get zoneWords() {
    return t('preferences.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  get quietWords() {
    const { from, to } = this.values
    if (Object.keys(faultsOf({ ...this.values, quiet: true })).length) return ''
    const words = (time) => clock(toUtc('2026-01-15', time, 'UTC'), 'UTC')
    return t(from < to ? 'preferences.same_day' : 'preferences.over_midnight', { from: words(from), to: words(to) })
  },

  discard() {
    this.values = JSON.parse(JSON.stringify(this.read))
    Object.assign(this, { errors: {}, problem: '' })
    this.$refs.heading.focus()
  },
  async save() {
    if (this.saving === 'yes') return
    this.errors = faultsOf(this.values)
    if (Object.keys(this.errors).length) return this.refuse(t('form.look_again'))
    Object.assign(this, { saving: 'yes', problem: '' })
    try {
      this.take(await api.put(PATH, { ...sent(this.values, this.read), version: this.version }))
      toast(t('preferences.saved'))
      this.$refs.heading.focus({ preventScroll: true })
    } catch ({ message, fields = {}, current }) {
      if (current) this.overtaken(current)
      const { errors, rest } = refused(fields, this.values)
      this.errors = errors
      this.refuse([message, ...rest].join(' '))
    }
    this.saving = 'no'
  },
  overtaken(view) {
    const [mine, read] = [this.values, this.read]
    this.take(view)
    this.values = rebased(mine, read, this.read)
  },
  // Says what is wrong and puts the cursor where it can be mended.
  refuse(problem) {
    this.problem = problem
    this.$nextTick(() =>
      (this.root.querySelector('[aria-invalid="true"]') ?? this.root.querySelector('[role="alert"]'))?.focus(),
    )
  },
})

start({ preferences, pushSwitch })
