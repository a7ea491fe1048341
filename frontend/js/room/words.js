// Which words of the catalogue belong to which state; pure.
import { t, tn } from '../i18n.js'
import { ABSENCE_MS, closingOf, endOf, isAbsence, startOf } from './timing.js'

const two = (number) => String(number).padStart(2, '0')

/** 754000 -> 12:34 */
export function stopwatch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours ? `${hours}:${rest}` : rest
}

/** Where in the session we are, by the server's clock; `at` writes a moment as a person reads it. */
export function progress(entry, now, at) {
  const ends = endOf(entry)
  if (now < startOf(entry)) {
    const time = stopwatch(startOf(entry) - now + 999)
    return { left: t('room.timer.starts_in', { time }), until: t('room.timer.ends', { time: at(ends) }) }
  }
  if (now < ends) {
    const time = stopwatch(ends - now + 999)
    return { left: t('room.timer.left', { time }), until: t('room.timer.ends', { time: at(ends) }) }
  }
  const until = t('room.timer.closes', { time: at(closingOf(entry)) })
  return { left: t('room.timer.over_by', { time: stopwatch(now - ends) }), until }
}

/** What a warning says, and again how long one may go on once the time is up. */
export function warned(warning, entry, at) {
  if (warning.word === 'over') return t('room.warn.over', { time: at(closingOf(entry)) })
  return tn('room.warn.left', warning.minutes, { time: at(endOf(entry)) })
}

/** What became of the wish for more time. */
export function extensionSaid(word, entry, now, at) {
  const ends = endOf(entry)
  if (word === 'agreed') return t('room.extend.agreed', { time: at(ends) })
  if (now >= ends) return t('room.extend.declined_over', { time: at(closingOf(entry)) })
  return t('room.extend.declined', { time: at(ends) })
}

const gone = (peer, name) =>
  peer.gone === 'left' ? t('room.waiting.left', { name }) : t('room.waiting.away', { name })

const paid = (entry, words, more) => (entry.session.price_paise ? `${words} ${more}` : words)

const money = (role) => (role === 'learner' ? t('room.absent.money_back') : t('room.absent.paid'))

/** Waiting alone: for whom, since when, and what becomes of the session if they do not come. */
export function waiting({ entry, peer, met, knocking, isOut }, now, at) {
  const name = entry.peer.name
  if (isOut) return { heading: t('room.waiting.out', { name }), text: t('room.waiting.out_text'), rule: '' }
  if (knocking) {
    const text = t('room.waiting.knocks', { time: at(startOf(entry)) })
    return { heading: t('room.lobby.knocks', { name }), text, rule: '' }
  }
  if (peer.gone || met) {
    const heading = peer.gone ? gone(peer, name) : t('room.waiting.was_here', { name })
    return { heading, text: t('room.waiting.gone_text'), rule: '' }
  }
  if (isAbsence(entry, now)) return absent(entry, name)
  return { heading: t('room.waiting.first'), text: awaited(entry, now), rule: rule(entry, now, at) }
}

function awaited({ role, call_from, session, peer: { name } }, now) {
  const opens = Date.parse(call_from)
  if (role === 'mentor') return t('room.waiting.for_learner', { name })
  if (now >= opens || session.status === 'live') return t('room.waiting.for_mentor', { name })
  return t('room.waiting.opens', { name, time: stopwatch(opens - now + 999) })
}

function rule(entry, now, at) {
  if (now < startOf(entry)) return ''
  const values = { name: entry.peer.name, time: at(startOf(entry) + ABSENCE_MS) }
  return paid(entry, t(`room.rule.${entry.role}`, values), money(entry.role))
}

function absent(entry, name) {
  const heading = t('room.absent.heading', { name })
  const late = isAbsence(entry, Date.parse(entry.you.came_at ?? entry.server_time))
  const rule = late ? '' : t('room.absent.still', { name })
  if (late) return { heading, text: t('room.absent.late', { name }), rule }
  return { heading, text: paid(entry, t(`room.absent.${entry.role}`, { name }), money(entry.role)), rule }
}

/** Before the mentor ends it for both: what that means, and whether it can be done yet. */
export function endQuestion({ entry, met }, now, at) {
  const name = entry.peer.name
  if (met) return { text: t('room.end.ask_text', { name }), may: true }
  if (isAbsence(entry, now)) return { text: t('room.end.ask_absent', { name }), may: true }
  return { text: t('room.end.ask_awaited', { name, time: at(startOf(entry) + ABSENCE_MS) }), may: false }
}

/** A device may still be granted or refused; a microphone is `off` only before it was asked for. */
export const asking = ({ mic, camera }) => mic === 'off' || mic === 'opening' || camera === 'opening'

/** The label of Join says what one will be joining with, once that is known. */
export function joinLabel(word, goesLive) {
  if (asking(word)) return t('room.join.asking')
  const mic = word.mic === 'on'
  if (word.mic === 'unused') return t('room.join.listen')
  if (word.camera !== 'on') return mic ? t('room.join.sound_only') : t('room.join.nothing')
  if (!mic) return t('room.join.picture_only')
  return goesLive ? t('room.join.go_live') : t('room.join.now')
}

/** What to do about a camera or microphone that could not be had, in this `browser` on this `system`. */
export function deviceHelp(kind, word, { browser = 'other', system = 'other' } = {}) {
  const trouble = `${kind}-${word}`
  if (word === 'denied') return `${t(`room.help.${trouble}`)} ${t(`room.help.allow.${browser}`)}`
  if (word === 'system') return `${t(`room.help.${trouble}`)} ${t(`room.help.system.${system}`)}`
  return ['none', 'busy', 'failed'].includes(word) ? t(`room.help.${trouble}`) : ''
}

const SAID = {
  opening: () => '',
  early: () => t('room.said.early'),
  refused: () => '',
  checking: () => t('room.said.checking'),
  joining: () => t('room.said.joining'),
  lobby: () => t('room.said.lobby'),
  waiting: (state) => (state.peer.gone ? gone(state.peer, state.entry.peer.name) : t('room.said.waiting')),
  connecting: (state) => t('room.said.connecting', { name: state.entry.peer.name }),
  'in-call': (state) => t('room.said.in_call', { name: state.entry.peer.name }),
  reconnecting: () => t('room.said.reconnecting'),
  left: () => t('room.said.left'),
  ended: () => t('room.said.ended'),
}

/** What a screen reader says when the state changes. */
export const said = (state) => SAID[state.phase](state)
