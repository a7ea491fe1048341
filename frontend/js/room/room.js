// The room whole: door, devices, signaling and call, driving one state. It knows no markup.

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

/**
 * `hardware` is {devices, permissions, picture}, `Connection` RTCPeerConnection, `policy` 'all' or 'relay'; also id, api, live,
 * newId, memory. `news` hears state(state), media(snapshot), track(name, track), remote(tracks), quality(level), trouble(error).
 */
export function createRoom({ id, api, live, hardware, Connection, newId, memory, policy = 'all', news }) {
  const kept = memory.read()
  let state = begin
  let ending = false // by us: the news of it may come before the answer

  function happened(event) {
    const was = state
    state = next(state, event)
    if (state === was) return
    if (inRoom(was) && !inRoom(state)) goOut()
    if (state.phase === 'checking' && was.phase !== 'checking') prepare()
    keeping.changed(was, state)
    news.state(state)
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
    kept: kept?.wishes,
    news: {
      changed(snapshot) {
        news.media(snapshot)
        call.tell()
        if (inRoom(state)) memory.keep({ wishes: media.wishes() })
      },
      track(name, track) {
        news.track(name, track)
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
        happened({ type: 'joined', peerHere: Boolean(data.peer), status: data.status })
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
      refused: (code) =>
        happened(code === 'ended' ? { type: 'ended', why: 'over' } : { type: 'refused', why: 'fault' }),
      socket: (up) => happened({ type: 'socket', up }),
    },
  })
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
          stream: media.stream,
          patience: policy === 'relay' ? RELAY_PATIENCE_MS : undefined,
        }),
      news: {
        connected: () => happened({ type: 'connected' }),
        interrupted: () => happened({ type: 'interrupted' }),
        rebuilt: () => happened({ type: 'rebuilt' }),
        remote: news.remote,
        peerMedia: (theirs) => happened({ type: 'peer-media', media: theirs }),
        peerLeft: () => happened({ type: 'peer-left' }),
        peerAway: () => happened({ type: 'peer-away' }),
        quality: news.quality,
        fault: news.trouble,
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
    media,
    join,
    now: door.now,
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
    stats: () => call.stats(),
    close() {
      call.close()
      spare.close()
      signaling.close()
      keeping.close()
      media.close()
      ice.close()
      door.close()
    },
  }
}
