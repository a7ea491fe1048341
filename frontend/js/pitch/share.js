// What a mentor receives of a price, in words; nothing where there is none, or no rate is known.
import { t } from '../i18n.js'
import { shareOf } from '../money/sums.js'
import { amount } from '../show.js'

const WHOLE = 10_000 // basis points

export function shareWords(paise, feeBps) {
  if (!paise || !Number.isInteger(feeBps)) return ''
  return t('pitch.share', { amount: amount(shareOf(paise, feeBps)), percent: (WHOLE - feeBps) / 100 })
}
