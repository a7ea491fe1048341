// Stars: what a form of them holds, what is sent of it, and how they read. Pure.
import { t, tn } from '../i18n.js'

export const STARS = [1, 2, 3, 4, 5]
export const AXES = ['clarity', 'knowledge', 'patience', 'preparation', 'value']
export const LONGEST = 2000

export const blank = () => ({ stars: 0, text: '', ...Object.fromEntries(AXES.map((axis) => [axis, 0])) })

// A review that is there, as the form holds it: 0 is no answer.
export function valuesOf(review) {
  if (!review) return blank()
  const axes = AXES.map((axis) => [axis, review.axes?.[axis] ?? 0])
  return { stars: review.stars, text: review.text, ...Object.fromEntries(axes) }
}

export function sentOf(values) {
  const axes = Object.fromEntries(AXES.map((axis) => [axis, Number(values[axis]) || null]))
  return { stars: Number(values.stars), axes, text: values.text.trim() }
}

export const starsFault = (stars) => (STARS.includes(Number(stars)) ? '' : t('rating.choose'))

export const textFault = (text) => (text.length > LONGEST ? t('rating.too_long') : '')

export const inWords = (stars) => (STARS.includes(Number(stars)) ? t(`rating.word.${Number(stars)}`) : '')

export const read = (stars) => tn('rating.stars', stars)

// The axes that somebody has answered, each with its words.
export const answered = (axes) =>
  AXES.filter((axis) => axes?.[axis]).map((axis) => ({ axis, words: t(`rating.axis.${axis}`), stars: axes[axis] }))
