// The page that the foot of a mail leads to: its kind is off by opening it, and on again by a press.
import { api, start } from '../app.js'
import { t } from '../i18n.js'
import { mailToken, onNewToken } from '../token.js'

// checking -> known (off or on again), missing, refused or failed; known -> turning -> known.
const mailChoice = () => ({
  state: 'checking',
  token: '',
  before: 'on', // what undoing goes back to
  now: null,
  problem: '',

  init() {
    onNewToken(() => this.take())
    this.take()
  },
  take() {
    this.token = mailToken({ keep: true })
    return this.run()
  },
  async run() {
    if (!this.token) return (this.state = 'missing')
    this.state = 'checking'
    try {
      const held = await api.get(this.path(), {}, { quiet: true })
      const kept = JSON.parse(sessionStorage.getItem(this.token) ?? 'null')
      this.before = kept?.mail ?? (held.mail === 'off' ? 'on' : held.mail)
      // After a reload it is as it was chosen last, about what it was then.
      if (kept) this.now = { ...held, groups: kept.groups }
      else this.now = held.mail === 'off' ? held : await this.ask('off', held.groups)
      sessionStorage.setItem(this.token, JSON.stringify({ mail: this.before, groups: this.now.groups }))
      this.state = 'known'
    } catch (error) {
      Object.assign(this, { state: error.status === 404 ? 'refused' : 'failed', problem: error.message })
    }
  },
  path() {
    return `/unsubscribe/${this.token}`
  },
  ask(mail, groups) {
    return api.put(this.path(), { mail, groups }, { quiet: true })
  },
  isKnown() {
    return this.state === 'known' || this.state === 'turning'
  },
  isOff() {
    return this.now?.mail === 'off'
  },
  said(how) {
    const about = (this.now?.groups ?? []).map((group) => t(`unsubscribe.about.${group}`)).join(', ')
    return how === 'off' ? t('unsubscribe.off', { about }) : t('unsubscribe.on', { about })
  },
  async turn() {
    if (this.state !== 'known') return
    this.state = 'turning'
    try {
      this.now = await this.ask(this.isOff() ? this.before : 'off', this.now.groups)
      this.state = 'known'
    } catch (error) {
      Object.assign(this, { state: 'failed', problem: error.message })
    }
  },
})

start({ mailChoice })
