// Which words of the catalogue belong to which state; pure.
import { t } from '../i18n.js'

const two = (number) => String(number).padStart(2, '0')

/** 754000 -> 12:34 */
export function stopwatch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours ? `${hours}:${rest}` : rest
}

/** Where in the session we are, by the server's clock: two short texts. */
export function progress(session, now) {
  const starts = Date.parse(session.starts_at)
  const ends = starts + session.duration_minutes * 60_000
  if (now < starts) return { elapsed: '', left: t('room.timer.starts_in', { time: stopwatch(starts - now + 999) }) }
  if (now > ends) return { elapsed: '', left: t('room.timer.over_by', { time: stopwatch(now - ends) }) }
  return { elapsed: stopwatch(now - starts), left: t('room.timer.left', { time: stopwatch(ends - now + 999) }) }
}

const gone = (peer, name) =>
  peer.gone === 'left' ? t('room.waiting.left', { name }) : t('room.waiting.away', { name })

export function waiting({ entry, peer }, now) {
  const name = entry.peer.name
  if (peer.gone) return { heading: gone(peer, name), text: t('room.waiting.gone_text') }
  const opens = Date.parse(entry.call_from)
  const heading = t('room.waiting.first')
  if (entry.role === 'learner' && now < opens && entry.session.status !== 'live')
    return { heading, text: t('room.waiting.opens', { name, time: stopwatch(opens - now + 999) }) }
  if (entry.role === 'learner') return { heading, text: t('room.waiting.for_mentor', { name }) }
  return { heading, text: t('room.waiting.for_learner', { name }) }
}

/** A device may still be granted or refused; a microphone is `off` only before it was asked for. */
export const asking = ({ mic, camera }) => mic === 'off' || mic === 'opening' || camera === 'opening'

/** The label of Join says what one will be joining with, once that is known. */
export function joinLabel(word, goesLive) {
  if (asking(word)) return t('room.join.asking')
  const mic = word.mic === 'on'
  if (word.camera !== 'on') return mic ? t('room.join.sound_only') : t('room.join.nothing')
  if (!mic) return t('room.join.picture_only')
  return goesLive ? t('room.join.go_live') : t('room.join.now')
}

/** What to do about a camera or microphone that could not be had. */
export function deviceHelp(kind, word) {
  const trouble = `${kind}-${word}`
  return ['denied', 'none', 'busy', 'failed'].includes(word) ? t(`room.help.${trouble}`) : ''
}

const SAID = {
  opening: () => '',
  early: () => t('room.said.early'),
  refused: () => '',
  checking: () => t('room.said.checking'),
  joining: () => t('room.said.joining'),
  waiting: (state) => (state.peer.gone ? gone(state.peer, state.entry.peer.name) : t('room.said.waiting')),
  connecting: (state) => t('room.said.connecting', { name: state.entry.peer.name }),
  'in-call': (state) => t('room.said.in_call', { name: state.entry.peer.name }),
  reconnecting: () => t('room.said.reconnecting'),
  left: () => t('room.said.left'),
  ended: () => t('room.said.ended'),
}

/** What a screen reader says when the state changes. */
export const said = (state) => SAID[state.phase](state)
