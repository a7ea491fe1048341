// Words from the catalogue, by key.
import { language, strings } from './strings.js'

const plurals = new Intl.PluralRules(language)

// The locale that dates and numbers are written in.
export const locale = language === 'en' ? 'en-IN' : `${language}-IN`

export function t(key, values = {}) {
  const words = strings[key] ?? key
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

// Words for a number of things: the catalogue has `key.one` and `key.other`.
export function tn(key, count, values = {}) {
  const form = strings[`${key}.${plurals.select(count)}`] ?? strings[`${key}.other`] ?? key
  return form.replace(/\{(\w+)\}/g, (whole, name) => ({ count, ...values })[name] ?? whole)
}
