// The room's one state word and the facts beside it, as a pure function of what happened.
//
// opening -> early | refused | checking -> joining -> [lobby ->] waiting <-> connecting -> in-call <-> reconnecting
// anything in the room -> left (come back) | ended (over for both)
import { endOf, minutesOf } from './timing.js'

export const begin = Object.freeze({
  phase: 'opening',
  why: '', // of early, refused, left and ended: the word that chooses the text
  opensAt: '',
  entry: null, // what the server said at the door: role, session, names, times
  socket: 'up',
  peer: Object.freeze({ here: false, gone: '', media: null }), // gone: left or away
  met: false, // the other has been here, now or before
  knocking: false, // the learner waits to be let in; only a mentor hears of it
  isOut: false, // the learner was put out; only a mentor hears of it
  late: Object.freeze({ mentor: null, learner: null }), // by how many minutes each has said that they will be
  extension: '', // what became of the latest wish for more time: agreed or declined
  outcome: '', // of ended: the word for what the session came to
  about: null, // of ended, where nobody was let in: whose session it was
})

const IN_ROOM = new Set(['joining', 'lobby', 'waiting', 'connecting', 'in-call', 'reconnecting'])
const WITH_PEER = new Set(['connecting', 'in-call', 'reconnecting'])
const AT_THE_DOOR = new Set(['opening', 'early', 'checking', 'refused'])

export const inRoom = (state) => IN_ROOM.has(state.phase)

const alone = Object.freeze({ here: false, gone: '', media: null })

/** The session as the server tells of it now; more time was agreed to, or came to nothing, or is wished for anew. */
function learned(state, entry) {
  const was = state.entry
  const met = state.met || Boolean(entry.peer?.came_at)
  if (!was) return { ...state, entry, met }
  const asked = was.extension_asked_by && !entry.extension_asked_by ? 'declined' : state.extension
  const settled = endOf(entry) > endOf(was) ? 'agreed' : asked
  return { ...state, entry, met, extension: entry.extension_asked_by ? '' : settled }
}

const withStatus = (entry, status) =>
  entry?.session && status ? { ...entry, session: { ...entry.session, status } } : entry

const moves = {
  opened(state, { entry }) {
    const known = learned(state, entry)
    if (inRoom(state) || state.phase === 'left') return known
    return { ...known, phase: 'checking', why: '', opensAt: '' }
  },
  /** News of its time; an end never comes nearer, so that what says so is late. */
  session(state, { status, ends_at, extension_asked_by }) {
    const { entry } = state
    if (!entry || Date.parse(ends_at) < endOf(entry)) return state
    const session = { ...entry.session, status, duration_minutes: minutesOf(entry.session.starts_at, ends_at) }
    const extended = entry.extended + (Date.parse(ends_at) > endOf(entry) ? 1 : 0)
    return learned(state, { ...entry, session, ends_at, extended, extension_asked_by })
  },
  early: (state, { opensAt }) => (AT_THE_DOOR.has(state.phase) ? { ...state, phase: 'early', opensAt } : state),
  refused(state, { why }) {
    return state.phase === 'ended' ? state : { ...state, phase: 'refused', why, peer: alone }
  },
  join(state) {
    const mayJoin = state.phase === 'checking' || state.phase === 'left'
    return mayJoin ? { ...state, phase: 'joining', why: '', peer: alone } : state
  },
  joined(state, { peerHere, status, admitted = true, knocking = false, removed = false, late = state.late }) {
    const here = peerHere || state.peer.here
    const peer = { ...state.peer, here, gone: here ? '' : state.peer.gone }
    const entry = withStatus(state.entry, status)
    const known = { ...state, socket: 'up', peer, met: state.met || here, entry, knocking, late, isOut: removed }
    if (!admitted) return inRoom(state) ? { ...known, phase: 'lobby', peer: alone, met: state.met } : known
    if (state.phase === 'joining' || state.phase === 'lobby')
      return { ...known, phase: here ? 'connecting' : 'waiting' }
    return state.phase === 'waiting' && here ? { ...known, phase: 'connecting' } : known
  },
  'peer-joined'(state) {
    const peer = { ...state.peer, here: true, gone: '' }
    const phase = state.phase === 'waiting' ? 'connecting' : state.phase
    return { ...state, phase, peer, met: true, knocking: false, isOut: false }
  },
  'peer-left'(state) {
    if (!inRoom(state)) return state
    return { ...state, phase: WITH_PEER.has(state.phase) ? 'waiting' : state.phase, peer: { ...alone, gone: 'left' } }
  },
  /** Neither seen nor heard, yet without a farewell. */
  'peer-away'(state) {
    return WITH_PEER.has(state.phase) ? { ...state, phase: 'waiting', peer: { ...alone, gone: 'away' } } : state
  },
  'peer-media': (state, { media }) => (inRoom(state) ? { ...state, peer: { ...state.peer, media } } : state),
  connected(state) {
    if (!inRoom(state)) return state
    return { ...state, phase: 'in-call', peer: { ...state.peer, here: true, gone: '' } }
  },
  interrupted: (state) => (state.phase === 'in-call' ? { ...state, phase: 'reconnecting' } : state),
  rebuilt: (state) => (state.phase === 'in-call' ? { ...state, phase: 'reconnecting' } : state),
  knocking: (state, { yes }) => (inRoom(state) && !state.peer.here ? { ...state, knocking: yes } : state),
  'put-out': (state, { yes }) => ({ ...state, isOut: yes }),
  late: (state, { role, minutes }) => ({ ...state, late: { ...state.late, [role]: minutes } }),
  socket: (state, { up }) => ({ ...state, socket: up ? 'up' : 'down' }),
  left: (state, { why }) => (inRoom(state) ? { ...state, phase: 'left', why, peer: alone } : state),
  ended(state, { why, outcome = '' }) {
    return state.phase === 'ended' ? state : { ...state, phase: 'ended', why, outcome, peer: alone }
  },
  settled: (state, { outcome, about }) => (state.phase === 'ended' ? { ...state, outcome, about } : state),
}

/** The state after `event`; an event that means nothing here leaves it as it is. */
export function next(state, event) {
  const move = moves[event.type]
  return move ? move(state, event) : state
}
