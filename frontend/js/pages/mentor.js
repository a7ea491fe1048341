// A mentor's public page, /m/<slug>: who they are, and a time of theirs to book. Who is not signed in is sent there
// and comes back to exactly the time that was chosen, which is then booked.
import { api, person, setPerson, start } from '../app.js'
import { newKey } from '../api.js'
import { mentorReviews } from '../components/mentor-reviews.js'
import { presenceOf } from '../components/presence-mark.js'
import { safety } from '../components/safety.js'
import { slotPicker } from '../components/slot-picker.js'
import { focusSoon } from '../components/focus.js'
import { failed, toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { holdLink } from '../booking/links.js'
import { refusalWords, STALE } from '../booking/refusals.js'
import { amount } from '../show.js'
import { keepIntent, seemsSignedIn, signInPath, takeIntent, whoAmI } from '../session.js'

const slug = decodeURIComponent(location.pathname.split('/').pop())
const asked = new URLSearchParams(location.search)

const picker = slotPicker({
  ask(from, until) {
    const instant = this.live || undefined // while they are here, they ask for no notice
    return api.get(`/mentors/${encodeURIComponent(slug)}/slots`, { offering_id: this.offeringId, from, until, instant })
  },
  name() {
    return this.firstName()
  },
})

const mentorPage = () => ({
  ...picker,
  state: 'loading', // loading -> ready, gone or failed
  mentor: null,
  live: false,
  problem: '',
  offeringId: '',
  taking: 'choosing', // choosing -> booking, until the booking's own page is there
  refusal: '',
  refusedFor: '', // the code of the refusal
  reservation: '', // the hold that stands in the way of another
  key: newKey(),

  async init() {
    this.root = this.$el
    this.back = (event) => event.persisted && this.comeBack()
    addEventListener('pageshow', this.back)
    this.$watch('chosen', () => (this.key = newKey()))
    await this.load()
    if (this.bookable() && takeIntent('slot', this.choice())) this.book()
  },
  destroy() {
    removeEventListener('pageshow', this.back)
  },

  async load() {
    this.state = 'loading'
    try {
      await whoAmI().catch(() => null) // times are shown in the zone of who looks
      this.mentor = await api.get(`/mentors/${encodeURIComponent(slug)}`)
      this.live = Boolean((await presenceOf(this.mentor.id))?.live)
      document.title = t('mentor.page_title', { name: this.mentor.name })
      this.state = 'ready'
      await this.offer(asked.get('offering'), asked.get('at') ?? '')
    } catch (error) {
      this.state = error.status === 404 ? 'gone' : 'failed'
      this.problem = error.message
    }
  },

  // The offering that was asked for, or the one to be had soonest; and the time that was, or the soonest.
  async offer(wanted, at = '') {
    const { offerings, away, soonest } = this.mentor
    if (!offerings.length || away) return (this.slots = 'none')
    const named = (offering) => offerings.find(({ id }) => id === offering)
    this.offeringId = (named(wanted) ?? named(soonest?.offering_id) ?? offerings[0]).id
    const open = await this.openSlots(at)
    if (!open && this.slots === 'ready') this.say('slot_taken')
  },

  changeOffering() {
    this.forgive()
    return this.openSlots(this.chosen)
  },

  comeBack() {
    this.taking = 'choosing'
    this.openSlots(this.chosen)
  },

  offering() {
    return this.mentor.offerings.find(({ id }) => id === this.offeringId)
  },
  firstName() {
    return this.mentor.name.split(' ')[0]
  },
  isOwn() {
    return person.me?.id === this.mentor.id
  },
  bookable() {
    return this.state === 'ready' && this.slots === 'ready' && Boolean(this.chosen) && !this.isOwn()
  },
  bookWords() {
    const paise = this.offering()?.price_paise
    return paise ? t('book.for', { amount: amount(paise) }) : t('slots.book')
  },
  bookHint() {
    if (person.state !== 'someone') return t('slots.book_sign_in')
    return t(this.offering()?.price_paise ? 'book.hint' : 'slots.book_hint')
  },
  choice() {
    return `${slug} ${this.offeringId} ${this.chosen}`
  },

  async book({ replacing } = {}) {
    if (!this.bookable() || this.taking === 'booking') return
    if (!seemsSignedIn()) return this.toSignIn()
    this.forgive()
    this.taking = 'booking'
    const wanted = { offering_id: this.offeringId, starts_at: this.chosen, ...(replacing ? { replacing } : {}) }
    try {
      const path = `/mentors/${encodeURIComponent(slug)}/bookings`
      const booking = await api.post(path, wanted, { key: this.key, quiet: true })
      location.assign(holdLink(booking))
    } catch (error) {
      await this.refuse(error)
    }
  },

  async refuse(error) {
    if (error.code === 'signed_out') return this.toSignIn()
    if (error.status === 409) this.key = newKey()
    this.reservation = error.fields?.booking_id ?? ''
    this.say(error.code, error.message)
    if (STALE.has(error.code)) await this.refresh()
    this.taking = 'choosing'
    focusSoon(this.root, 'refusal')
  },

  // What the page shows has turned out to be old.
  async refresh() {
    this.mentor = await api.get(`/mentors/${encodeURIComponent(slug)}`).catch(() => this.mentor)
    this.live = Boolean((await presenceOf(this.mentor.id))?.live)
    await this.offer(this.offeringId)
  },

  say(code, message = '') {
    Object.assign(this, { refusedFor: code, refusal: refusalWords(code, message) })
  },
  forgive() {
    Object.assign(this, { refusedFor: '', refusal: '', reservation: '' })
  },

  toSignIn() {
    setPerson(null)
    keepIntent('slot', this.choice())
    const query = new URLSearchParams({ offering: this.offeringId, at: this.chosen })
    location.assign(signInPath(`${location.pathname}?${query}`))
  },

  async sendAgain() {
    try {
      await api.post('/email/verify/resend')
      toast(t('verify.sent_again'))
    } catch (error) {
      failed(error)
    }
  },
})

start({ mentorPage, mentorReviews, safety })
