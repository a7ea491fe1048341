// What a mentor says of a session to be had, as a form and as the server takes it: the same for offerings and fixed times.
import { between, count, required, words } from '../checks.js'
import { t } from '../i18n.js'
import { duration } from '../time.js'

export const BLANK = { title: '', description: '', topics: [], domain: '', duration_minutes: '60', price: '' }
export const MOST_WORDS = 200
const LEAST_PRICE = 50
const MOST_PRICE = 50_000

// Which field of the form shows the server's words about its own.
export const SHOWN_AT = { price_paise: 'price' }

export const durationOptions = () =>
  Array.from({ length: 11 }, (_, n) => 30 + n * 15).map((each) => ({ value: String(each), words: duration(each) }))

// Typed rupees as paise: nothing typed is free; null is no price at all.
export function paise(rupees) {
  const typed = String(rupees ?? '').replace(/[\s,₹]/g, '')
  if (!typed) return 0
  return /^\d{1,7}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : null
}

const rupees = (amount) => (amount ? String(amount / 100) : '')

export function priceFault(typed) {
  const amount = paise(typed)
  const fine = amount === 0 || (amount >= LEAST_PRICE * 100 && amount <= MOST_PRICE * 100)
  return fine ? '' : t('check.price')
}

function descriptionFault(text) {
  if (!words(text)) return t('check.description')
  return words(text) <= MOST_WORDS ? '' : t('check.description_long', { most: MOST_WORDS })
}

export const CHECKS = {
  title: between(10, 100, 'check.title'),
  description: descriptionFault,
  domain: required('check.domain'),
  topics: count(1, 5, 'check.topics'),
  price: priceFault,
}

// A draft may leave open all but its title; what it does say is checked.
export const asDraft = (checks) =>
  Object.fromEntries(
    Object.entries(checks).map(([field, check]) => [
      field,
      (value) => (field === 'title' || value?.length ? check(value) : ''),
    ]),
  )

export const sent = ({ title, description, topics, domain, duration_minutes: minutes, price }) => ({
  title: title.trim(),
  description: description.trim(),
  topics: [...topics],
  domain,
  duration_minutes: Number(minutes),
  price_paise: paise(price) ?? 0,
})

// What has been said before, back in the form.
export const typed = ({ title, description, topics, domain, duration_minutes: minutes, price_paise: amount }) => ({
  title,
  description,
  topics: [...topics],
  domain,
  duration_minutes: String(minutes),
  price: rupees(amount),
})

export const wordCount = (text) => t('new_session.words', { count: words(text), most: MOST_WORDS })

// Somebody else saved meanwhile: what is there now, with what was changed here on top.
export function onTop(values, old, fresh) {
  const before = typed(old)
  const mine = Object.entries(values).filter(([name, value]) => !same(value, before[name]))
  return { ...typed(fresh), ...Object.fromEntries(mine) }
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
