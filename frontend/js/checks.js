// What is asked of each field before it is sent: a function from a value to words about what is wrong, or ''.
import { t } from './i18n.js'

const length = (text) => [...(text ?? '').trim()].length

export const words = (text) => (text ?? '').trim().split(/\s+/).filter(Boolean).length

export const required = (key) => (value) => (length(value) ? '' : t(key))

export const email = (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test((value ?? '').trim()) ? '' : t('check.email'))

export const name = (value) => (length(value) >= 2 && length(value) <= 80 ? '' : t('check.name'))

export const password = (value) => ([...(value ?? '')].length >= 10 ? '' : t('check.password'))

export const between = (least, most, key) => (value) => (length(value) >= least && length(value) <= most ? '' : t(key))

export const atMost = (most, key) => (value) => (length(value) <= most ? '' : t(key, { most }))

export const link = (value) =>
  !length(value) || /^https:\/\/[^\s]+\.[^\s]+$/i.test(value.trim()) ? '' : t('check.link')

export const count = (least, most, key) => (list) => (list.length >= least && list.length <= most ? '' : t(key))

export const code = (value) => (/^\d{6}$/.test((value ?? '').replace(/\s/g, '')) ? '' : t('check.code'))

// Every field's check at once: {name: words} of those that fail.
export function problems(checks, values) {
  const found = Object.entries(checks).map(([field, check]) => [field, check(values[field], values)])
  return Object.fromEntries(found.filter(([, wrong]) => wrong))
}

export const without = (errors, field) => Object.fromEntries(Object.entries(errors).filter(([name]) => name !== field))

// How hard a password is to guess, 0 to 4; the server has the last word.
export function strength(value, about = []) {
  const typed = (value ?? '').toLowerCase()
  if (!typed) return 0
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length
  const distinct = new Set(typed).size
  const own = about.some((each) => each && each.length > 2 && typed.includes(each.toLowerCase()))
  if (value.length < 10 || own || distinct < 5 || /^(password|qwerty|12345|letmein)/.test(typed)) return 1
  const points = value.length + kinds * 2 + Math.min(distinct, 12) / 2
  if (points < 18) return 2
  return points < 25 ? 3 : 4
}
