// What a level, a reason and the figures are called; pure.
import { t } from '../../i18n.js'

const number = (value, digits = 0) => value.toFixed(digits)

export const levelWords = (level) => t(`room.quality.${level}`)

/** Why it is no better, and what one can do about it. */
export const reasonWords = (reason, name) =>
  reason ? t(`room.quality.why.${reason}`, { name }) : t('room.quality.why.fine')
export const hintWords = (reason) => (reason ? t(`room.quality.hint.${reason}`) : '')

/** 1234567 -> "1.2 Mbit/s" */
export function rate(bits) {
  if (bits >= 1_000_000) return t('room.quality.mbits', { n: number(bits / 1_000_000, 1) })
  return t('room.quality.kbits', { n: number(bits / 1000) })
}

const percent = (share) => t('room.quality.percent', { n: number(share * 100, share > 0 && share < 0.1 ? 1 : 0) })

const picture = ({ width, height, fps }) =>
  fps ? t('room.quality.picture', { width, height, fps }) : t('room.quality.no_picture')

/** The rows of the table: what, from the other, to the other. */
export function rows({ in: inward, out: outward }) {
  const both = (key, write) => ({ key, what: t(`room.quality.row.${key}`), from: write(inward), to: write(outward) })
  return [
    both('rate', (side) => rate(side.rate)),
    both('loss', (side) => percent(side.loss)),
    both('jitter', (side) => t('room.quality.ms', { n: number(side.jitter * 1000) })),
    both('picture', picture),
  ]
}

export const roundTrip = ({ rtt }) => t('room.quality.ms', { n: number(rtt * 1000) })
export const route = ({ relayed }) => (relayed ? t('room.quality.relayed') : t('room.quality.direct'))

/** What is being sent less of, in words; '' when nothing is. */
export const stepWords = (step) => (step === 'full' || step === 'sound' ? '' : t(`room.saving.step.${step}`))

/** What is said over the pictures of whose picture is held back. */
export function savingWords({ held, theirs }, name) {
  if (held) return t(`room.saving.own.${held}`, { name })
  return theirs ? t(`room.saving.theirs.${theirs}`, { name }) : ''
}
