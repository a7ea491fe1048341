// The room whole: door, devices, signaling and call, driving one state. It knows no markup.

import { createAdmission } from './admission.js'
import { createAsking } from './asking.js'
import { createBus } from './bus.js'
import { beginCall } from './calling.js'
import { createDeciding } from './deciding.js'
import { createDoor } from './door.js'
import { createEntering } from './entering.js'
import { createIce } from './ice.js'
import { idle } from './idle.js'
import { createKeeping } from './keeping.js'
import { createMedia } from './media.js'
import { createSignaling } from './signaling.js'
import { createSpare } from './spare.js'
import { begin, inRoom, next } from './state.js'

const OVER = new Set(['refused', 'ended'])
const REFUSED = { ended: { type: 'ended', why: 'over' }, removed: { type: 'refused', why: 'removed' } }

/**
 * `hardware` is {devices, permissions, picture}, `Connection` RTCPeerConnection, `policy` 'all' or 'relay'; also id, api, live,
 * newId, memory, and `machinery()` that fetches {createCall, createPeer}. What it gives tells by `on`: state(state),
 * media(snapshot), track(name, track), remote(tracks by name), line(data channel or null), said(what),
 * quality(level, sample, reason), trouble(error).
 */
export function createRoom({ id, api, live, hardware, Connection, newId, memory, machinery, policy = 'all' }) {
  const kept = memory.read()
  const bus = createBus()
  const { tell } = bus
  let state = begin

  function happened(event) {
    const was = state
    state = next(state, event)
    if (state === was) return
    if (inRoom(was) && !inRoom(state)) goOut()
    else if (OVER.has(state.phase)) letGo()
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
    letGo()
    memory.forget()
  }

  /** Nobody who is not let in is left with a camera that is on. */
  function letGo() {
    media.stop()
    ice.rest()
  }

  const door = createDoor({ api, id, news: happened })
  const cutOff = () => call.peerLeft({ removed: true })
  const deciding = createDeciding({ door, state: () => state, happened, cutOff })
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
        if (!deciding.over(data.status)) keeping.admitted(missed)
      },
      peerJoined(other) {
        call.peerJoined(other)
        happened({ type: 'peer-joined' })
      },
      signal: (data) => call.signal(data),
      peerLeft: (data) => call.peerLeft(data),
      session: (data) => deciding.over(data.status) || happened({ type: 'session', ...data }),
      replaced() {
        signaling.stop() // no farewell: the other page goes on for us
        happened({ type: 'left', why: 'elsewhere' })
      },
      refused: (code) => happened(REFUSED[code] ?? { type: 'refused', why: 'fault' }),
      socket: (up) => happened({ type: 'socket', up }),
    },
  })
  const asking = createAsking({ live, topic, pass: door.shown, newId })
  const admission = createAdmission({
    id,
    live,
    hear: asking.hear,
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
    /** To the check, never by itself into the call. */
    readmitted: () => state.why === 'removed' && door.knock().then(() => state.phase === 'checking' && media.open()),
  })
  const keeping = createKeeping({ live, topic, door, ice, rejoin: signaling.rejoin, happened })

  let call = idle
  function enter(machine) {
    const polite = state.entry.role === 'learner'
    call = beginCall(machine, { polite, spare, media, signaling, policy, happened, tell })
    signaling.enter()
  }
  const join = createEntering({ door, media, memory, machinery, ice, spare, state: () => state, happened, enter })

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
    ask: asking.ask,
    send: asking.send,
    hear: asking.hear,
    door,
    /** The door first: nobody is asked for a camera who may not come in. Loaded anew amid a call, straight back in. */
    async start() {
      const back = memory.read() !== null
      const opening = back ? media.open() : null
      await door.knock()
      if (state.phase !== 'checking' && state.phase !== 'early') return
      await (opening ?? media.open())
      if (back) await join()
    },
    leave: () => happened({ type: 'left', why: 'you' }),
    end: deciding.end,
    extend: deciding.extend,
    refuseExtension: deciding.refuseExtension,
    sayLate: deciding.sayLate,
    remove: deciding.remove,
    readmit: deciding.readmit,
    networkChanged: () => call.networkChanged(),
    ice: () => ice.ready(),
    /** For those who come late: how things stand. */
    repeat() {
      tell('state', state)
      tell('media', media.snapshot())
    },
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
      ice.rest()
      door.close()
    },
  }
}
