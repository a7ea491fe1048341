// The room whole: door, devices, signaling and call, driving one state. It knows no markup.

import { createCall } from './call.js'
import { createDoor } from './door.js'
import { createIce } from './ice.js'
import { idle } from './idle.js'
import { createMedia } from './media.js'
import { createPeer } from './peer.js'
import { createSignaling } from './signaling.js'
import { begin, inRoom, next } from './state.js'

const OVER = /^(completed|cancelled|expired|no_show_\w+)$/
const RELAY_PATIENCE_MS = 10_000 // a TURN server may be far

/**
 * `parts`: id, api, live, devices, permissions, Connection (RTCPeerConnection), newId, memory, picture, policy ('all' or 'relay').
 * `news` hears state(state), media(snapshot), track(name, track), remote(tracks), quality(level), trouble(error).
 */
export function createRoom({
  id,
  api,
  live,
  devices,
  permissions,
  Connection,
  newId,
  memory,
  picture,
  policy = 'all',
  news,
}) {
  const kept = memory.read()
  let state = begin
  let spare = null
  let ending = false // by us: the news of it may come before the answer

  function happened(event) {
    const was = state
    state = next(state, event)
    if (state === was) return
    if (inRoom(was) && !inRoom(state)) goOut()
    if (state.phase === 'checking' && was.phase !== 'checking') prepare()
    news.state(state)
  }

  /** What the press of Join need not wait for; making a connection object alone takes tens of milliseconds. */
  async function prepare() {
    live.connect()
    const servers = await ice.ready()
    if (state.phase === 'checking') spare ??= new Connection(configuration(servers))
  }

  function connection() {
    const ready = spare ?? new Connection(configuration(ice.servers))
    spare = null
    return ready
  }

  function goOut() {
    call.close()
    signaling.leave()
    media.stop()
    memory.forget()
  }

  const door = createDoor({ api, id, news: happened })
  const ice = createIce({ ask: door.ice, now: door.now, renewed })
  const media = createMedia({
    devices,
    permissions,
    picture,
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
    topic: `room:${id}`,
    newId,
    pass: door.pass,
    news: {
      joined(data) {
        call.joined(data) // before the view: the network waits, the eye does not notice
        happened({ type: 'joined', peerHere: Boolean(data.peer) })
        over(data.status)
      },
      peerJoined(other) {
        call.peerJoined(other)
        happened({ type: 'peer-joined' })
      },
      signal: (data) => call.signal(data),
      peerLeft: (data) => call.peerLeft(data),
      session: ({ status }) => over(status),
      replaced() {
        signaling.stop() // no farewell: the other page goes on for us
        happened({ type: 'left', why: 'elsewhere' })
      },
      refused: (code) =>
        happened(code === 'ended' ? { type: 'ended', why: 'over' } : { type: 'refused', why: 'fault' }),
      socket: (up) => happened({ type: 'socket', up }),
    },
  })

  const over = (status) => OVER.test(status) && happened({ type: 'ended', why: ending ? 'you' : 'over' })

  const configuration = (servers) => ({ iceServers: servers, iceTransportPolicy: policy, bundlePolicy: 'max-bundle' })

  function renewed(servers) {
    call.configure(configuration(servers))
    spare?.setConfiguration(configuration(servers))
  }

  let call = idle
  const newCall = () =>
    createCall({
      polite: state.entry.role === 'learner',
      signaling,
      media,
      makePeer: (parts) =>
        createPeer({
          ...parts,
          pc: connection(),
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
      await Promise.all([ice.ready(), role === 'mentor' && session.status !== 'live' && door.goLive()])
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
      await door.end().finally(() => (ending = state.phase === 'ended'))
      happened({ type: 'ended', why: 'you' })
    },
    networkChanged: () => call.networkChanged(),
    stats: () => call.stats(),
    close() {
      call.close()
      spare?.close()
      signaling.close()
      media.close()
      ice.close()
      door.close()
    },
  }
}
