// One session and its Book button: /s/<id>. Who is not signed in is sent there and comes back to a finished booking.
import { api, person, setPerson, start } from '../app.js'
import { newKey } from '../api.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { keepIntent, seemsSignedIn, signInPath, takeIntent, whoAmI } from '../session.js'

const TAKEN = new Set(['slot_taken', 'session_not_open'])

const sessionPage = () => ({
  state: 'loading', // loading -> open | booking -> booked, taken, mine, over; or gone, failed
  session: null,
  problem: '',
  needsVerified: false,
  key: newKey(),
  id: decodeURIComponent(location.pathname.split('/').pop()),

  async init() {
    await this.load()
    if (this.state === 'open' && takeIntent('book', this.id)) this.book()
  },

  async load() {
    this.state = 'loading'
    try {
      await whoAmI().catch(() => null) // renews the sign-in, so that the session knows who looks
      this.session = await api.get(`/sessions/${encodeURIComponent(this.id)}`)
      document.title = t('session.page_title', { title: this.session.title })
      this.state = this.stateOf(this.session)
    } catch (error) {
      this.state = error.status === 404 ? 'gone' : 'failed'
      this.problem = error.message
    }
  },

  stateOf({ viewer, status, starts_at: startsAt, duration_minutes: minutes }) {
    if (viewer === 'mentor') return 'mine'
    if (Date.parse(startsAt) + minutes * 60_000 < api.now() || ['completed', 'cancelled', 'expired'].includes(status))
      return 'over'
    if (viewer === 'learner') return 'booked'
    return status === 'open' && Date.parse(startsAt) > api.now() ? 'open' : 'taken'
  },

  async book() {
    if (this.state !== 'open') return
    if (!seemsSignedIn()) return this.toSignIn()
    Object.assign(this, { state: 'booking', problem: '', needsVerified: false })
    try {
      const booking = await api.post(`/sessions/${encodeURIComponent(this.id)}/bookings`, undefined, {
        key: this.key,
        quiet: true,
      })
      Object.assign(this, { state: 'booked', session: { ...this.session, ...booking.session, viewer: 'learner' } })
      toast(t('session.booked_toast'))
      this.$nextTick(() => this.$refs.outcome?.focus())
    } catch (error) {
      this.refuse(error)
    }
  },

  refuse(error) {
    if (error.code === 'signed_out') return this.toSignIn()
    if (error.status === 409) this.key = newKey()
    this.state = TAKEN.has(error.code) ? 'taken' : 'open'
    this.needsVerified = error.code === 'email_unverified'
    this.problem = TAKEN.has(error.code) || this.needsVerified ? '' : error.message
    this.$nextTick(() => (this.$refs.outcome ?? this.$refs.refusal)?.focus())
  },

  toSignIn() {
    setPerson(null)
    keepIntent('book', this.id)
    location.assign(signInPath(location.pathname))
  },

  async sendAgain() {
    try {
      await api.post('/email/verify/resend')
      toast(t('verify.sent_again'))
    } catch (error) {
      failed(error)
    }
  },

  get someone() {
    return person.state === 'someone'
  },
})

start({ sessionPage })
