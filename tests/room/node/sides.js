// Two sides of a call and the line between them, without a browser.
import assert from 'node:assert/strict'
import { createCall } from '../../../frontend/js/room/call.js'
import { createPeer } from '../../../frontend/js/room/peer.js'
import { FakeConnection, fakeTimers, settle } from './fakes.js'

/** One side of a call with its signaling replaced by a list of what it sent. */
export function side({ polite, sid, timers = fakeTimers() }) {
  const made = { sent: [], heard: [], links: [], timers, sid, reachable: true, probes: 0, rejoins: 0, rebuilt: 0 }
  const signaling = {
    send: (part) => made.sent.push(part),
    forget: () => (made.sent = made.sent.filter((part) => part.media)),
    probe: () => made.probes++,
    rejoin: () => made.rejoins++,
    get reachable() {
      return made.reachable
    },
  }
  const tell = (name) => (detail) => made.heard.push([name, detail])
  const names = 'connected interrupted rebuilt remote line peerMedia said peerLeft peerAway quality'.split(' ')
  const news = {
    ...Object.fromEntries(names.map((name) => [name, tell(name)])),
    fault: (error) => made.heard.push(['fault', error]),
  }
  const media = { tracks: () => ({ audio: null, camera: null }), state: () => ({ ...made.media }), sharpen() {} }
  made.media = { mic: true, camera: true, screen: false }
  const makePeer = (parts) => {
    made.links.push(new FakeConnection())
    return createPeer({ ...parts, pc: made.links.at(-1), polite, streams: {}, timers })
  }
  made.call = createCall({ polite, makePeer, signaling, media, news, timers })
  made.told = (name) => made.heard.filter(([each]) => each === name).length
  Object.defineProperty(made, 'link', { get: () => made.links.at(-1) })
  return made
}

export async function carry(from, to) {
  for (const { candidate, ...rest } of from.sent.splice(0))
    to.call.signal({ ...rest, ...(candidate && { candidates: [candidate] }), from: { sid: from.sid } })
  await settle()
}

export async function both(a, b, times = 3) {
  for (let i = 0; i < times; i++) {
    await settle()
    await carry(a, b)
    await carry(b, a)
  }
}

export const meet = (side, other) => side.call.joined({ peer: { sid: other.sid }, offer: true })
export const seen = (side, other) => side.call.peerJoined({ sid: other.sid })

export async function inCall() {
  const host = side({ polite: false, sid: 'host' })
  const guest = side({ polite: true, sid: 'guest' })
  host.call.joined({ peer: null, offer: false })
  seen(host, guest)
  meet(guest, host)
  await both(host, guest)
  for (const each of [host, guest]) each.link.become('connected')
  assert.deepEqual([host.told('connected'), guest.told('connected')], [1, 1])
  return { host, guest }
}

export const stable = (...sides) =>
  assert.deepEqual(
    sides.map(({ link }) => link.signalingState),
    sides.map(() => 'stable'),
  )
