// What is said of waiting to be let in, and of being late; pure.
import { t, tn } from '../../i18n.js'
import { startOf } from '../timing.js'
import { stopwatch } from '../words.js'

/** For the learner who waits: who is there, and when the door opens by itself. */
export function lobbyWords({ entry }, now) {
  const name = entry.peer.name
  const here = entry.session.status === 'live'
  return {
    heading: here ? t('room.lobby.soon', { name }) : t('room.lobby.awaited', { name }),
    text: t(here ? 'room.lobby.here' : 'room.lobby.not_here', { name }),
    opens: t('room.lobby.opens', { time: stopwatch(startOf(entry) - now + 999) }),
  }
}

/** That the other will be late, while they are not there: in the call, or at either side of the waiting room's door. */
export function lateWords({ phase, entry, peer, late, knocking }) {
  const minutes = entry && late[entry.role === 'mentor' ? 'learner' : 'mentor']
  const here = peer.here || knocking || (phase === 'lobby' && entry?.session.status === 'live')
  return minutes && !here ? tn('room.late.other', minutes, { name: entry.peer.name }) : ''
}

/** What we have said of ourselves. */
export function ownLateWords({ entry, late }) {
  const minutes = entry && late[entry.role]
  return minutes ? tn('room.late.told', minutes, { name: entry.peer.name }) : ''
}
