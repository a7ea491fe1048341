// What a learner says of a session: stars, five sides of it, words. Stands on the booking's page and at the room's end:
// x-data="rating(bookingId)".
import { api } from '../app.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { answered, inWords, read, sentOf, starsFault, STARS, textFault, valuesOf } from '../lesson/stars.js'
import { live } from '../live.js'
import { focusSoon } from './focus.js'
import { toast } from './toasts.js'

export const rating = (bookingId) => ({
  ...form({
    values: valuesOf(null),
    checks: { stars: starsFault, text: textFault },
    send(values) {
      return api.put(this.path(), sentOf(values))
    },
    done(standing) {
      this.take(standing)
      toast(t('rating.thanks'))
      focusSoon(this.root, 'review')
    },
  }),
  stage: 'loading', // loading -> writing or shown; closed where there is nothing to say; failed
  standing: null,
  root: null, // its own: what is not declared here would be set on the page around
  offs: [],
  all: STARS,

  async init() {
    this.root = this.$el
    this.offs = [
      live.on('changed', ({ data }) => data.what === 'reviews' && this.stage !== 'writing' && this.load()),
      live.on('welcome', ({ since }) => since && this.stage !== 'writing' && this.load()),
    ]
    await this.load()
  },
  destroy() {
    this.offs.forEach((off) => off())
  },
  path: () => `/bookings/${encodeURIComponent(bookingId)}/review`,

  async load() {
    if (!bookingId) return
    const before = this.stage
    try {
      const standing = await api.get(this.path())
      if (before === this.stage) this.take(standing) // or somebody has begun to change it
    } catch (error) {
      if (before === 'shown') return
      Object.assign(this, { stage: error.status === 404 ? 'closed' : 'failed', problem: error.message })
    }
  },
  take(standing) {
    const { review, can } = standing
    Object.assign(this, { standing, state: 'ready', problem: '' })
    if (review) this.stage = 'shown'
    else this.stage = can ? 'writing' : 'closed'
  },
  change() {
    Object.assign(this, { values: valuesOf(this.review), errors: {}, stage: 'writing' })
    focusSoon(this.root, 'first')
  },
  keep() {
    this.stage = 'shown'
  },

  get review() {
    return this.standing ? this.standing.review : null
  },
  axes() {
    return answered(this.review ? this.review.axes : null)
  },
  tooShort() {
    return this.standing?.why === 'too_short'
  },
  lit(name, star) {
    return Number(this.values[name]) >= star
  },
  wordFor(name) {
    return inWords(this.values[name])
  },
  clear(name) {
    this.values[name] = 0
  },
  read,
})
