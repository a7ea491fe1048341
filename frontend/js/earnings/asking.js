// Why a payout cannot be asked for just now, and where that is mended.
import { t } from '../i18n.js'
import { sum } from './rupees.js'

// The server's codes, with what helps: an address of a page, or nothing but waiting.
const HINDRANCES = {
  no_payee: '/mentor/payout-details',
  payouts_blocked: '',
  no_pan: '/mentor/payout-details#pan',
  payout_under_way: '',
  asked_today: '',
  too_little: '',
  suspended: '',
}

// {words, link, action} for the first thing that stands in the way, or null.
export function hindrance({ can_ask: asking, payee, minimum_paise: least }, when) {
  if (asking.ok) return null
  const known = asking.why in HINDRANCES
  const values = { until: payee?.blocked_until ? when(payee.blocked_until) : '', least: sum(least ?? 100_00) }
  return {
    code: asking.why,
    words: known ? t(`earnings.cannot.${asking.why}`, values) : asking.words || t('earnings.cannot.other'),
    link: HINDRANCES[asking.why] ?? '',
    action: HINDRANCES[asking.why] ? t(`earnings.mend.${asking.why}`) : '',
  }
}
