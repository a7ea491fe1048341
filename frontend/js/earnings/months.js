// Months of India's calendar, as 2026-11, in words and in a row.
import { locale } from '../i18n.js'
import { dateIn } from '../time.js'

const words = (month, options) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(new Date(`${month}-01T00:00:00Z`))

export const longMonth = (month) => words(month, { month: 'long', year: 'numeric' })
export const shortMonth = (month) => words(month, { month: 'short', year: 'numeric' })
export const narrowMonth = (month) => words(month, { month: 'narrow' })
export const monthName = (month) => words(month, { month: 'short' })

export const monthNow = (now) => dateIn('Asia/Kolkata', now).slice(0, 7)

export function before(month) {
  const [year, number] = month.split('-').map(Number)
  return number > 1 ? `${year}-${String(number - 1).padStart(2, '0')}` : `${year - 1}-12`
}

// This month and those before it, the latest first, as options of a select.
export function lastMonths(now, count) {
  const months = [monthNow(now)]
  while (months.length < count) months.push(before(months.at(-1)))
  return months.map((value) => ({ value, words: longMonth(value) }))
}
