// One session, /s/<id>: book it, wait for it if somebody else has it, or take it up once it is kept for you. Who is not
// signed in is sent there and comes back to what was asked for, done.
import { api, person, setPerson, start } from '../app.js'
import { newKey } from '../api.js'
import { holdLink } from '../booking/links.js'
import { remaining } from '../booking/moments.js'
import { standing } from '../booking/standing.js'
import { ticking } from '../components/clock.js'
import { focusSoon } from '../components/focus.js'
import { lookAgain } from '../components/looking.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { mayEdit } from '../mentoring/standing.js'
import { amount } from '../show.js'
import { keepIntent, seemsSignedIn, signInPath, takeIntent, whoAmI } from '../session.js'

const TAKEN = new Set(['slot_taken', 'session_not_open'])
const CHANGED = new Set(['open_now', 'ended', 'too_late', 'own_session']) // what is shown is old
const AWAITED = new Set(['offered', 'waiting', 'taken'])
const WORDS = new Set(['sessions', 'bookings'])
const id = decodeURIComponent(location.pathname.split('/').pop())
const path = (move = '') => `/sessions/${encodeURIComponent(id)}${move}`
const actions = { book: 'book', wait: 'wait' } // what signing in may have interrupted

const sessionPage = () => ({
  ...ticking(),
  state: 'loading', // loading -> open, offered, taken, waiting, booked, mine or over; or gone, failed
  doing: '', // booking, waiting or leaving
  session: null,
  problem: '',
  refusedFor: '', // the code of the refusal
  reservation: '', // the booking that stands in the way
  key: newKey(),

  async init() {
    this.offs = [
      live.on('changed', ({ data }) => WORDS.has(data.what) && this.refresh()),
      live.on('welcome', () => this.refresh()), // what changed before the line was there was told to nobody
      lookAgain({
        look: () => this.refresh(),
        mayChange: () => this.session?.status === 'held' || AWAITED.has(this.state),
      }),
    ]
    this.root = this.$el
    this.startClock()
    this.$watch('now', () => this.pass())
    await this.load()
    for (const [name, action] of Object.entries(actions)) if (takeIntent(name, id)) await this[action]()
    if (person.state === 'someone') live.connect()
  },
  destroy() {
    this.offs.forEach((off) => off())
    this.stopClock()
  },

  async load() {
    this.state = 'loading'
    try {
      await whoAmI().catch(() => null) // renews the sign-in, so that the session knows who looks
      this.take(await api.get(path()))
      document.title = t('session.page_title', { title: this.session.title })
    } catch (error) {
      this.state = error.status === 404 ? 'gone' : 'failed'
      this.problem = error.message
    }
  },
  async refresh() {
    if (this.doing || !this.session) return
    const fresh = await api.get(path()).catch(() => null)
    if (fresh && !this.doing) this.take(fresh)
  },
  take(session) {
    this.session = session
    this.state = standing(session, api.now())
  },
  // What was kept for somebody is not any more, or the session has begun.
  pass() {
    if (!this.session || this.doing) return
    const now = standing(this.session, api.now())
    if (now !== this.state && ['open', 'offered', 'waiting', 'taken'].includes(this.state)) {
      this.state = now
      this.refresh()
    }
  },
  left() {
    return this.session.offered_until ? remaining(this.session.offered_until, this.now) : ''
  },

  async book() {
    if (!['open', 'offered'].includes(this.state)) return
    await this.act('booking', 'book', async () => {
      const booking = await api.post(path('/bookings'), undefined, { key: this.key, quiet: true })
      if (booking.status === 'held') return location.assign(holdLink(booking))
      this.take({ ...this.session, ...booking.session, viewer: 'learner', booking_id: booking.id })
      toast(t('session.booked_toast'))
    })
  },
  async wait() {
    if (this.state !== 'taken') return
    await this.act('waiting', 'wait', async () => {
      await api.post(path('/waitlist'), undefined, { quiet: true })
      this.take({ ...this.session, viewer: 'waiting' })
      live.connect()
    })
  },
  bookWords() {
    const { price_paise: price } = this.session
    return price ? t('book.for', { amount: amount(price) }) : t('session.book')
  },
  bookHint() {
    if (!this.someone) return t('session.book_sign_in')
    return t(this.session.price_paise ? 'book.hint' : 'session.book_hint')
  },
  // The hold that is one's own: to be paid, or confirmed.
  toHold() {
    const { booking_id: id, price_paise: price } = this.session
    return holdLink({ id, price_paise: price })
  },
  editable() {
    return mayEdit(this.session, this.now)
  },
  // A place that has been waited for is not given up by one press.
  askToLeave() {
    this.$refs.leaving.showModal()
  },
  // Waiting no longer; what was kept for oneself goes to the next.
  async leave() {
    this.$refs.leaving.close()
    await this.act('leaving', 'leave', async () => {
      await api.remove(path('/waitlist'), { quiet: true })
      this.take(await api.get(path()))
      toast(t('waitlist.left'))
    })
  },

  async act(doing, intent, work) {
    if (this.doing) return
    if (!seemsSignedIn()) return this.toSignIn(intent)
    Object.assign(this, { doing, problem: '', refusedFor: '', reservation: '' })
    try {
      await work()
      this.doing = ''
      focusSoon(this.root, 'outcome')
    } catch (error) {
      this.doing = ''
      await this.refuse(error, intent)
    }
  },
  async refuse(error, intent) {
    if (error.code === 'signed_out') return this.toSignIn(intent)
    if (error.status === 409) this.key = newKey()
    if (TAKEN.has(error.code)) {
      this.state = 'taken'
      await this.refresh()
    } else {
      this.reservation = error.fields?.booking_id ?? ''
      Object.assign(this, { refusedFor: error.code, problem: error.message })
      if (CHANGED.has(error.code)) await this.refresh()
    }
    focusSoon(this.root, 'refusal', 'outcome')
  },
  toSignIn(intent) {
    setPerson(null)
    if (actions[intent]) keepIntent(intent, id)
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
