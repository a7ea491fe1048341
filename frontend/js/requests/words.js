// How a request stands, said to the one of its two people who looks at it.
import { t, tn } from '../i18n.js'

const TONES = { accepted: 'badge-good', declined: 'badge-bad' }
const DAY = 24 * 60 * 60_000
const HOUR = 60 * 60_000
const MINUTE = 60_000

export const otherOf = ({ viewer, learner, mentor }) => (viewer === 'learner' ? mentor : learner)

export const firstName = (person) => person.name.split(' ')[0]

export const isMine = ({ status, turn, viewer }) => status === 'open' && turn === viewer

// Time alone has ended it, if the server has not said so yet.
export const asOf = (request, now) =>
  request.status === 'open' && now >= Date.parse(request.expires_at)
    ? { ...request, status: 'expired', can: Object.fromEntries(Object.keys(request.can).map((act) => [act, false])) }
    : request

export function standing(request) {
  if (isMine(request)) return t('request.status.yours')
  if (request.status === 'open') return t('request.status.theirs', { name: firstName(otherOf(request)) })
  return t(`request.status.${request.status}`)
}

export function tone(request) {
  if (request.status === 'open') return isMine(request) ? 'badge-accent' : 'badge-tint'
  return TONES[request.status] ?? ''
}

// How long there is to answer, in whole units: nobody watches a countdown of two days.
export function timeLeft(iso, now) {
  const left = Math.max(0, Date.parse(iso) - now)
  if (left >= 2 * DAY) return tn('request.days', Math.floor(left / DAY))
  if (left >= HOUR) return tn('request.hours', Math.round(left / HOUR))
  return tn('request.minutes', Math.max(1, Math.ceil(left / MINUTE)))
}

export function deadline(request, now) {
  if (request.status !== 'open') return ''
  const left = timeLeft(request.expires_at, now)
  return isMine(request) ? t('request.yours_left', { left }) : t('request.theirs_left', { left })
}

// One step of either side, by who looks at it.
export const moveWords = (move, request) =>
  move.by === request.viewer
    ? t(`request.mine.${move.kind}`)
    : t(`request.their.${move.kind}`, { name: firstName(otherOf(request)) })

// What it came to, when it came to nothing.
export function ending(request) {
  const last = request.moves.at(-1)
  if (request.status === 'expired') return t('request.ended.expired')
  return moveWords(last, request)
}
