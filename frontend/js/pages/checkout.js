// Paying for a booking that is held, /checkout/<id>: what it is, what it costs, and the gateway's window. What is shown
// follows the server by the socket, and the hold by the server's time.
import { api, person, setPerson, start } from '../app.js'
import { timesLink } from '../booking/links.js'
import { ahead, forBoth, remaining, stage as phaseOf } from '../booking/moments.js'
import { following, isAwaited, isFinal, standing } from '../checkout/state.js'
import { terms, zeroToPay } from '../checkout/terms.js'
import { addingToCalendar } from '../components/booking-calendar.js'
import { coupons } from '../components/checkout-coupon.js'
import { paying } from '../components/checkout-paying.js'
import { focusSoon } from '../components/focus.js'
import { lookAgain } from '../components/looking.js'
import { t, tn } from '../i18n.js'
import { live } from '../live.js'
import { refundLines, strays } from '../money/refunds.js'
import { mustBeSignedIn } from '../session.js'
import { amount, roomLink } from '../show.js'
import { clock, dateIn, when, zoneName } from '../time.js'

const id = decodeURIComponent(location.pathname.split('/').pop())
const WARNED = new Set([5, 1]) // minutes before the hold is over

const HEADINGS = {
  proving: 'checkout.processing',
  processing: 'checkout.processing',
  waiting: 'checkout.waiting',
  paid: 'checkout.paid',
  lapsed: 'outcome.lapsed',
  returned: 'checkout.returned',
  over: 'checkout.over',
}

const checkoutPage = () => ({
  ...coupons(),
  ...paying(),
  ...addingToCalendar(),
  id,
  stage: 'loading', // loading -> ready, gone or broken
  problem: '',
  booking: null,
  mentor: null,
  note: '',
  now: 0,
  skew: 0,
  heldUntil: '', // as long as it was held
  late: false, // paid once the hold was over, and the time was to be had all the same
  said: '', // for who does not see the countdown

  async init() {
    this.root = this.$el
    this.offs = [
      live.on('changed', ({ data }) => data.what === 'bookings' && this.refresh()),
      live.on('welcome', () => this.refresh()), // what changed before the line was there was told to nobody
      lookAgain({ look: () => this.refresh(), mayChange: () => this.booking && !isFinal(this.state) }),
    ]
    this.tick = setInterval(() => this.pass(), 1000)
    await this.load()
    live.connect()
  },
  destroy() {
    this.offs.forEach((off) => off())
    clearInterval(this.tick)
    this.stopPaying()
  },

  async load() {
    this.stage = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      const booking = await api.get(this.path())
      if (booking.viewer !== 'learner' || !booking.price_paise) return location.replace(this.bookingLink())
      this.note = booking.note
      this.take(booking)
      this.stage = 'ready'
    } catch (error) {
      return Object.assign(this, { stage: error.status === 404 ? 'gone' : 'broken', problem: error.message })
    }
    await this.goOn()
    this.mentor = await api.get(`/mentors/${encodeURIComponent(this.booking.session.mentor.slug)}`).catch(() => null)
  },
  // `must`: whoever asks wants to hear of it if it cannot be fetched.
  async refresh({ must = false } = {}) {
    if (!this.booking) return
    const fresh = await api.get(this.path()).catch((error) => {
      if (must) throw error
    })
    if (fresh) this.take(fresh)
  },
  take(booking) {
    Object.assign(this, { booking, skew: ahead(booking.server_time, Date.now()) })
    this.heldUntil = booking.pay_by ?? this.heldUntil
    this.ordered ||= Boolean(booking.payment?.processing)
    this.pass()
  },
  path: (move = '') => `/bookings/${encodeURIComponent(id)}${move}`,

  pass() {
    if (!this.booking) return
    this.now = Date.now() + this.skew
    const before = this.state
    this.state = following(before, standing(this.booking, this.now))
    if (this.state !== before) this.settle(before)
    const left = Math.ceil((Date.parse(this.heldUntil) - this.now) / 60_000)
    if (this.payable() && WARNED.has(left)) this.said = tn('checkout.left', left)
  },
  // Something has come of it: the window is not needed any more, and what it came to is read first.
  settle(before) {
    this.entitle()
    if (!this.payable()) Object.assign(this, { said: '', couponSaid: '' })
    if (before === 'loading') return
    this.late ||= before === 'lapsed' && this.state === 'paid'
    if (isFinal(this.state)) this.endPaying()
    else if (this.state === 'lapsed') this.closeWindow()
    if (before === 'open' && this.state === 'ready') return focusSoon(this.root, 'pay')
    focusSoon(this.root, ...(this.payable() ? ['refusal'] : ['outcome']))
  },

  entitle() {
    const paying = t('checkout.page_title', { title: this.booking.session.title })
    document.title = this.payable() ? paying : t('mentor.page_title', { name: this.heading() })
  },
  heading() {
    return t(HEADINGS[this.state] ?? 'checkout.title')
  },
  // What was held is not theirs.
  isGone() {
    return ['lapsed', 'returned', 'over'].includes(this.state)
  },
  other() {
    return this.booking.session.mentor
  },
  firstName() {
    return this.other().name.split(' ')[0]
  },
  times() {
    const { starts_at: start, duration_minutes: minutes } = this.booking.session
    const facts = { zone: person.zone, otherZone: this.booking.other_zone, name: this.firstName() }
    return forBoth(start, minutes, facts)
  },
  left() {
    return remaining(this.heldUntil, this.now)
  },
  // "7:15 pm IST", with its day if that is another one.
  until() {
    const sameDay = dateIn(person.zone, new Date(this.heldUntil)) === dateIn(person.zone, this.now)
    if (!sameDay) return when(this.heldUntil, person.zone)
    return `${clock(this.heldUntil, person.zone)} ${zoneName(person.zone, this.heldUntil)}`
  },
  terms() {
    return terms(this.booking, this.now, person.zone)
  },
  nothingToPay() {
    return zeroToPay(this.booking)
  },
  payWords() {
    if (this.busy()) return t(`checkout.doing.${this.state}`)
    if (this.nothingToPay()) return t('checkout.confirm')
    const words = { amount: amount(this.booking.payment.payable_paise) }
    return t(this.state === 'failed' || this.state === 'unavailable' ? 'checkout.pay_again' : 'checkout.pay', words)
  },
  paidWords() {
    if (this.nothingToPay()) return t('payment.by_coupon')
    return t('checkout.paid_amount', { amount: amount(this.booking.payment.payable_paise) })
  },
  awaited() {
    return isAwaited(this.state)
  },
  whyReturned() {
    return t(`checkout.returned.${strays(this.booking.payment)[0]?.why}`)
  },
  refunds() {
    return refundLines(this.booking.payment)
  },
  roomIsOpen() {
    return phaseOf(this.booking, this.now) === 'open'
  },
  room() {
    return roomLink(this.booking.session.id)
  },
  timesLink() {
    return timesLink(this.booking, this.mentor?.offerings)
  },
  bookingLink: () => `/bookings/${encodeURIComponent(id)}`,
})

start({ checkoutPage })
