// The room's one state word and the facts beside it, as a pure function of what happened.
//
// opening -> early | refused | checking -> joining -> waiting <-> connecting -> in-call <-> reconnecting
// anything in the room -> left (come back) | ended (over for both)

export const begin = Object.freeze({
  phase: 'opening',
  why: '', // of early, refused, left and ended: the word that chooses the text
  opensAt: '',
  entry: null, // what the server said at the door: role, session, names, times
  socket: 'up',
  peer: Object.freeze({ here: false, gone: '', media: null }), // gone: left or away
})

const IN_ROOM = new Set(['joining', 'waiting', 'connecting', 'in-call', 'reconnecting'])
const WITH_PEER = new Set(['connecting', 'in-call', 'reconnecting'])
const AT_THE_DOOR = new Set(['opening', 'early', 'checking', 'refused'])

export const inRoom = (state) => IN_ROOM.has(state.phase)

const alone = Object.freeze({ here: false, gone: '', media: null })

const moves = {
  opened(state, { entry }) {
    if (inRoom(state) || state.phase === 'left') return { ...state, entry }
    return { ...state, phase: 'checking', why: '', opensAt: '', entry }
  },
  early: (state, { opensAt }) => (AT_THE_DOOR.has(state.phase) ? { ...state, phase: 'early', opensAt } : state),
  refused(state, { why }) {
    return state.phase === 'ended' ? state : { ...state, phase: 'refused', why, peer: alone }
  },
  join(state) {
    const mayJoin = state.phase === 'checking' || state.phase === 'left'
    return mayJoin ? { ...state, phase: 'joining', why: '', peer: alone } : state
  },
  joined(state, { peerHere }) {
    const here = peerHere || state.peer.here
    const peer = { ...state.peer, here, gone: here ? '' : state.peer.gone }
    if (state.phase === 'joining') return { ...state, phase: here ? 'connecting' : 'waiting', socket: 'up', peer }
    if (state.phase === 'waiting' && here) return { ...state, phase: 'connecting', socket: 'up', peer }
    return { ...state, socket: 'up', peer }
  },
  'peer-joined'(state) {
    const peer = { ...state.peer, here: true, gone: '' }
    return { ...state, phase: state.phase === 'waiting' ? 'connecting' : state.phase, peer }
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
  socket: (state, { up }) => ({ ...state, socket: up ? 'up' : 'down' }),
  left: (state, { why }) => (inRoom(state) ? { ...state, phase: 'left', why, peer: alone } : state),
  ended: (state, { why }) => (state.phase === 'ended' ? state : { ...state, phase: 'ended', why, peer: alone }),
}

/** The state after `event`; an event that means nothing here leaves it as it is. */
export function next(state, event) {
  const move = moves[event.type]
  return move ? move(state, event) : state
}
