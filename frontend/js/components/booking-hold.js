// A hold: what is left of it, confirming what costs nothing, and giving it back.
import { api } from '../app.js'
import { remaining } from '../booking/moments.js'
import { t, tn } from '../i18n.js'
import { toastNext } from './toasts.js'

const WARNED = new Set([5, 1]) // minutes before it is over

// Part of a page that has `booking`, `now`, `path(move)`, `act(…)` and `timesLink()`.
export const holding = () => ({
  note: '',
  said: '', // what is told to who cannot see the countdown

  left() {
    return remaining(this.booking.pay_by, this.now)
  },
  warn() {
    const minutes = Math.ceil((Date.parse(this.booking.pay_by) - this.now) / 60_000)
    if (WARNED.has(minutes)) this.said = tn('held.left', minutes)
  },
  confirm() {
    return this.act('confirm', () => api.post(this.path('/confirm'), { note: this.note.trim() }), t('held.confirmed'))
  },
  async release() {
    const back = this.timesLink()
    if (!(await this.act('release', () => api.post(this.path('/release'))))) return
    toastNext(t('held.released'))
    location.assign(back)
  },
  // A mentor ends what was agreed on and is not paid.
  takeBack() {
    return this.act('release', () => api.post(this.path('/release')), t('held.taken_back'))
  },
})
