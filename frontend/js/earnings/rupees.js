// Sums in columns, on axes and as they are typed: paise as rupees, grouped as India groups them.
import { t } from '../i18n.js'

const MINUS = '\u2212'
const format = (digits) =>
  new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency: 'INR',
    minimumFractionDigits: digits,
    maximumFractionDigits: 2,
  })
const [whole, exact] = [format(0), format(2)]
const magnitude = (paise, as) => as.format(Math.abs(paise) / 100)

// "₹1,00,000", and "₹212.50" where there are paise; what is owed to us has a minus.
export const sum = (paise) => (paise < 0 ? MINUS : '') + magnitude(paise, paise % 100 ? exact : whole)

// The same with paise always, so that a column stands in line.
export const inColumn = (paise) => (paise < 0 ? MINUS : '') + magnitude(paise, exact)

// What a movement does to a balance: "+₹425.00", "−₹425.00"; a dash where it does nothing.
export const movement = (paise) => {
  if (!paise) return '–'
  return (paise < 0 ? MINUS : '+') + magnitude(paise, exact)
}

const LARGE = [
  ['rupees.crore', 1e7],
  ['rupees.lakh', 1e5],
  ['rupees.thousand', 1e3],
]

// As short as an axis has room for: ₹500, ₹20k, ₹1.5 lakh.
export function short(paise) {
  const rupees = paise / 100
  const [key, unit] = LARGE.find(([, size]) => rupees >= size) ?? []
  return unit ? t(key, { count: String(Number((rupees / unit).toFixed(2))) }) : whole.format(rupees)
}

// Typed rupees as paise; null is no sum at all.
export function typed(text) {
  const plain = String(text ?? '').replace(/[\s,₹]/g, '')
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null
}
