// What cancelling costs and brings back, in words, before anybody presses the button.
import { t } from '../i18n.js'
import { price } from '../show.js'

// Until when how much comes back; `state` is past, now or ahead.
export function tiers(steps, now) {
  const current = steps.findIndex(({ until }) => now < Date.parse(until))
  return steps.map((step, n) => {
    const state = n === current ? 'now' : current === -1 || n < current ? 'past' : 'ahead'
    return { ...step, state }
  })
}

// The consequence of cancelling now, as one sentence.
export function consequence({ viewer, price_paise: paid, learner, cancel }) {
  const amount = price(cancel.refund_paise)
  if (!paid) return viewer === 'mentor' ? t('cancel.free_mentor', { name: learner.name }) : t('cancel.free')
  if (viewer === 'mentor') return t('cancel.whole_mentor', { name: learner.name, amount })
  if (!cancel.refund_paise) return t('cancel.nothing')
  return t('cancel.part', { amount, percent: cancel.refund_percent })
}
