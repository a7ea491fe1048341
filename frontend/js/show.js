// How things people made are shown: initials, domains, prices, links.
import { t } from './i18n.js'

export const initials = (name) =>
  (name ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0].toLocaleUpperCase())
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')

export const domainName = (slug) => (slug ? t(`domain.${slug}`) : '')

const money = (digits) =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR', minimumFractionDigits: digits })
const [rupees, paiseToo] = [money(0), money(2)]

// "₹1,00,000", and "₹212.50" where there are paise.
export const amount = (paise) => (paise % 100 ? paiseToo : rupees).format(paise / 100)

export const price = (paise) => (paise ? amount(paise) : t('price.free'))

// One of six quiet colours that stays with a person.
export const avatarTint = (id) =>
  `avatar-${[...(id ?? '')].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6}`

export const roomLink = (sessionId) => `/room/${encodeURIComponent(sessionId)}`

// A link somebody typed, if it is one we would follow.
export const safeLink = (address) => (/^https:\/\/[^\s"'<>]+$/i.test(address ?? '') ? address : null)
