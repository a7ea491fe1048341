// The room whole: door, devices, signaling and call, driving one state. It knows no markup.

import { createAdmission } from './admission.js'
import { createAsking } from './asking.js'
import { createBus } from './bus.js'
import { createCall } from './call.js'
import { createDoor } from './door.js'
import { createIce } from './ice.js'
import { idle } from './idle.js'
import { createKeeping } from './keeping.js'
import { createMedia } from './media.js'
import { isOver } from './outcome.js'
import { createPeer } from './peer.js'
import { createSignaling } from './signaling.js'
import { createSpare } from './spare.js'
import { begin, inRoom, next } from './state.js'

const RELAY_PATIENCE_MS = 10_000 // a TURN server may be far
const REFUSED = { ended: { type: 'ended', why: 'over' }, removed: { type: 'refused', why: 'removed' } }

/**
 * `hardware` is {devices, permissions, picture}, `Connection` RTCPeerConnection, `policy` 'all' or 'relay'; also id, api, live,
 * newId, memory. What it gives tells by `on`: state(state), media(snapshot), track(name, track), remote(tracks by name),
 * line(data channel or null), said(what), quality(level, sample, reason), trouble(error).
 */
export function createRoom({ id, api, live, hardware, Connection, newId, memory, policy = 'all' }) {
  const kept = memory.read()
  const bus = createBus()
  const { tell } = bus
  let state = begin
  let ending = false // by us: the news of it may come before the answer

  function happened(event) {
    const was = state
    state = next(state, event)
    if (state === was) return
    if (inRoom(was) && !inRoom(state)) goOut()
    if (state.phase === 'checking' && was.phase !== 'checking') prepare()
    keeping.changed(was, state)
    admission.changed(was, state)
    tell('state', state)
  }

  /** What the press of Join need not wait for. */
  async function prepare() {
    live.connect()
    spare.use(await ice.ready())
    if (state.phase === 'checking') spare.make()
  }

  function goOut() {
    call.close()
    signaling.leave()
    media.stop()
    memory.forget()
  }

  const door = createDoor({ api, id, news: happened })
  const topic = `room:${id}`
  const spare = createSpare({ Connection, policy })
  const renewed = (servers) => call.configure(spare.use(servers))
  const ice = createIce({ ask: door.ice, now: door.now, renewed })
  const media = createMedia({
    ...hardware,
    kept: kept?.wishes ?? hardware.habits,
    news: {
      changed(snapshot) {
        tell('media', snapshot)
        call.tell()
        if (inRoom(state)) memory.keep({ wishes: media.wishes() })
      },
      track(name, track) {
        tell('track', name, track)
        call.replace(name, track)
      },
    },
  })
  const signaling = createSignaling({
    live,
    topic,
    newId,
    pass: door.pass,
    news: {
      joined(data) {
        const missed = state.socket === 'down'
        call.joined(data) // before the view: the network waits, the eye does not notice
        happened({ ...data, type: 'joined', peerHere: Boolean(data.peer) })
        if (!over(data.status)) keeping.admitted(missed)
      },
      peerJoined(other) {
        call.peerJoined(other)
        happened({ type: 'peer-joined' })
      },
      signal: (data) => call.signal(data),
      peerLeft: (data) => call.peerLeft(data),
      session: (data) => over(data.status) || happened({ type: 'session', ...data }),
      replaced() {
        signaling.stop() // no farewell: the other page goes on for us
        happened({ type: 'left', why: 'elsewhere' })
      },
      refused: (code) => happened(REFUSED[code] ?? { type: 'refused', why: 'fault' }),
      socket: (up) => happened({ type: 'socket', up }),
    },
  })
  const hear = (type, handler) =>
    live.on(type, (message) => message.topic === topic && handler(message.data ?? {}, message))
  const admission = createAdmission({
    hear,
    door,
    rejoin: signaling.rejoin,
    happened,
    muted() {
      media.mute(true)
      tell('muted')
    },
    removed() {
      signaling.stop() // no farewell: we are out already
      happened(REFUSED.removed)
    },
  })
  const asking = createAsking({ live, topic, pass: door.shown, newId })
  const keeping = createKeeping({ live, topic, door, ice, rejoin: signaling.rejoin, happened })

  function over(status) {
    if (isOver(status)) happened({ type: 'ended', why: ending ? 'you' : 'over', outcome: status })
    return isOver(status)
  }

  const known = (facts) => happened({ type: 'session', status: state.entry.session.status, ...facts })

  let call = idle
  const newCall = () =>
    createCall({
      polite: state.entry.role === 'learner',
      signaling,
      media,
      makePeer: (parts) =>
        createPeer({
          ...parts,
          pc: spare.take(),
          polite: state.entry.role === 'learner',
          streams: media.streams,
          patience: policy === 'relay' ? RELAY_PATIENCE_MS : undefined,
        }),
      news: {
        connected: () => happened({ type: 'connected' }),
        interrupted: () => happened({ type: 'interrupted' }),
        rebuilt: () => happened({ type: 'rebuilt' }),
        remote: (tracks) => tell('remote', tracks),
        line: (channel) => tell('line', channel),
        said: (what) => tell('said', what),
        peerMedia: (theirs) => happened({ type: 'peer-media', media: theirs }),
        peerLeft: () => happened({ type: 'peer-left' }),
        peerAway: () => happened({ type: 'peer-away' }),
        quality: (...heard) => tell('quality', ...heard),
        fault: (error) => tell('trouble', error),
      },
    })

  async function join() {
    if (state.phase === 'left') await Promise.all([door.knock(), media.open()])
    happened({ type: 'join' })
    if (state.phase !== 'joining') return
    memory.keep({ wishes: media.wishes() })
    try {
      const { role, session } = state.entry
      await Promise.all([ice.ready().then(spare.use), role === 'mentor' && session.status !== 'live' && door.goLive()])
    } catch (error) {
      return happened(door.eventFor(error))
    }
    if (state.phase !== 'joining') return
    call = newCall()
    signaling.enter()
  }

  return {
    id,
    api,
    media,
    join,
    on: bus.on,
    now: door.now,
    get state() {
      return state
    },
    /** To the other page, for the moment: lost if nobody is there. */
    say: (kind, what) => signaling.send({ say: { kind, ...what } }),
    /** To the server; resolves to the data of its answer of type `answer`. */
    ask: asking.ask,
    /** To the server, without an answer; false while there is no line. */
    send: (type, data) => live.send({ type, topic, data: { ...data, pass: door.shown() } }),
    /** What the server says in this room of its own accord. */
    hear,
    admit: door.admit,
    muteOther: door.mute,
    remove: door.remove,
    readmit: door.readmit,
    /** Says to the other, here or not, that we shall be so many minutes late. */
    async sayLate(minutes) {
      await door.late(minutes)
      happened({ type: 'late', role: state.entry.role, minutes })
    },
    /** The door first: nobody is asked for a camera who may not come in. Loaded anew amid a call, straight back in. */
    async start() {
      const opening = kept && media.open()
      await door.knock()
      if (state.phase !== 'checking' && state.phase !== 'early') return
      await (opening ?? media.open())
      if (kept) await join()
    },
    leave: () => happened({ type: 'left', why: 'you' }),
    async end() {
      ending = true
      const { status } = await door.end().finally(() => (ending = state.phase === 'ended'))
      happened({ type: 'ended', why: 'you', outcome: status })
    },
    async extend() {
      const { ends_at, extension_asked_by } = await door.extend(state.entry.ends_at)
      known({ ends_at, extension_asked_by })
    },
    async refuseExtension() {
      await door.refuseExtension()
      known({ ends_at: state.entry.ends_at, extension_asked_by: null })
    },
    networkChanged: () => call.networkChanged(),
    ice: () => ice.ready(),
    stats: () => call.stats(),
    tune: (name, change) => call.tune(name, change),
    note: (facts) => call.note(facts),
    fingerprints: () => call.fingerprints(),
    close() {
      call.close()
      asking.close()
      admission.close()
      spare.close()
      signaling.close()
      keeping.close()
      media.close()
      ice.close()
      door.close()
    },
  }
}
