// A mentor's private word about a learner: for that mentor and for admins. x-data="learnerRating(bookingId)".
import { api } from '../app.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { inWords, read, starsFault, STARS, textFault } from '../lesson/stars.js'
import { isNone } from '../lesson/refusals.js'
import { focusSoon } from './focus.js'
import { toast } from './toasts.js'

export const learnerRating = (bookingId) => ({
  ...form({
    values: { stars: 0, text: '' },
    checks: { stars: starsFault, text: textFault },
    send: ({ stars, text }) => api.put(path(bookingId), { stars: Number(stars), text: text.trim() }),
    done(standing) {
      this.take(standing)
      toast(t('rating.noted'))
      focusSoon(this.root, 'note')
    },
  }),
  stage: 'loading', // loading -> writing or shown; closed where there is nothing to say; failed
  said: null,
  root: null, // its own: what is not declared here would be set on the page around
  all: STARS,

  async init() {
    this.root = this.$el
    await this.load()
  },
  async load() {
    try {
      this.take(await api.get(path(bookingId)))
    } catch (error) {
      Object.assign(this, { stage: isNone(error) ? 'closed' : 'failed', problem: error.message })
    }
  },
  take({ can, rating }) {
    Object.assign(this, { said: rating ?? null, state: 'ready', stage: 'closed' })
    if (rating) this.stage = 'shown'
    else if (can) this.stage = 'writing'
  },
  change() {
    Object.assign(this, { values: { stars: this.said.stars, text: this.said.text }, errors: {}, stage: 'writing' })
    focusSoon(this.root, 'first')
  },
  lit(name, star) {
    return Number(this.values[name]) >= star
  },
  wordFor(name) {
    return inWords(this.values[name])
  },
  read,
})

const path = (bookingId) => `/bookings/${encodeURIComponent(bookingId)}/learner-rating`
