// Notifications as they are listed: each once, read or unread, day by day. Pure.
import { clock, dateIn, day } from '../time.js'

const DAY = 24 * 60 * 60_000

export const withRead = (items, id) => items.map((item) => (item.id === id ? { ...item, read: true } : item))

// All up to one are read; what has come since is not.
export const readUntil = (items, until) => items.map((item) => (item.id <= until ? { ...item, read: true } : item))

export const newestOf = (items) => items.reduce((newest, { id }) => (id > newest ? id : newest), '')

// As they are shown: by when they came, and of one moment as they were listed.
export const latestFirst = (items) => [...items].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))

export const unreadIn = (items) => items.filter(({ read }) => !read)

// Pages go on being fetched until there are as many unread ones to show as are wanted, or as there are at all.
export const lacksUnread = (items, unread, wanted) => unreadIn(items).length < Math.min(unread ?? 0, wanted)

// The newest anew, with what was listed behind them; where nothing is unread any more, that is true of them all.
export function refreshed({ items, next }, fresh) {
  const oldest = fresh.items.at(-1)?.id ?? ''
  const behind = fresh.next ? items.filter(({ id }) => id < oldest) : []
  const all = [...fresh.items, ...behind]
  return {
    items: fresh.unread === 0 ? all.map((item) => ({ ...item, read: true })) : all,
    next: behind.length ? next : fresh.next,
    unread: fresh.unread,
  }
}

// [{date, word, at, items}] of those that came latest first, each day once; `word` is today, yesterday or ''.
export function byDay(items, zone, now) {
  const words = { [dateIn(zone, now)]: 'today', [dateIn(zone, now - DAY)]: 'yesterday' }
  const days = []
  for (const item of items) {
    const date = dateIn(zone, new Date(item.at))
    if (days.at(-1)?.date !== date) days.push({ date, word: words[date] ?? '', at: item.at, items: [] })
    days.at(-1).items.push(item)
  }
  return days
}

// When it came: of today by the clock, before that by the day.
export const cameAt = (item, zone, now) =>
  dateIn(zone, new Date(item.at)) === dateIn(zone, now) ? clock(item.at, zone) : day(item.at, zone, now)

// Whether a page shows by itself what has happened: it lists them all, or is about the same thing as the link.
export function isAbout(link, path) {
  if (/^(\/[a-z]{2})?\/notifications$/.test(path)) return true
  const there = link.split(/[?#]/)[0]
  const thing = there.split('/').pop()
  return path === there || (/^[a-z]{3}_/.test(thing) && path.split('/').includes(thing))
}
