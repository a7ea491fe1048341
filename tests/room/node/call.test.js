import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCall } from '../../../frontend/js/room/call.js'
import { createPeer } from '../../../frontend/js/room/peer.js'
import { FakeConnection, fakeTimers, settle } from './fakes.js'

/** One side of a call with its signaling replaced by a list of what it sent. */
function side({ polite, sid, timers = fakeTimers() }) {
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
  const names = ['connected', 'interrupted', 'rebuilt', 'remote', 'peerMedia', 'peerLeft', 'peerAway', 'quality']
  const news = {
    ...Object.fromEntries(names.map((name) => [name, tell(name)])),
    fault: (error) => made.heard.push(['fault', error]),
  }
  const media = { tracks: () => ({ audio: null, camera: null }), state: () => ({ ...made.media }), sharpen() {} }
  made.media = { mic: true, camera: true, screen: false }
  const makePeer = (parts) => {
    made.links.push(new FakeConnection())
    return createPeer({ ...parts, pc: made.links.at(-1), polite, stream: {}, timers })
  }
  made.call = createCall({ polite, makePeer, signaling, media, news, timers })
  made.told = (name) => made.heard.filter(([each]) => each === name).length
  Object.defineProperty(made, 'link', { get: () => made.links.at(-1) })
  return made
}

async function carry(from, to) {
  for (const { candidate, ...rest } of from.sent.splice(0))
    to.call.signal({ ...rest, ...(candidate && { candidates: [candidate] }), from: { sid: from.sid } })
  await settle()
}

async function both(a, b, times = 3) {
  for (let i = 0; i < times; i++) {
    await settle()
    await carry(a, b)
    await carry(b, a)
  }
}

const meet = (side, other) => side.call.joined({ peer: { sid: other.sid }, offer: true })
const seen = (side, other) => side.call.peerJoined({ sid: other.sid })

async function inCall() {
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

const stable = (...sides) =>
  assert.deepEqual(
    sides.map(({ link }) => link.signalingState),
    sides.map(() => 'stable'),
  )

test('exactly one side offers: the newcomer', async () => {
  const host = side({ polite: false, sid: 'host' })
  const guest = side({ polite: true, sid: 'guest' })
  seen(host, guest)
  meet(guest, host)
  await settle()
  assert.equal(host.sent.filter((part) => part.description).length, 0)
  assert.equal(guest.sent.filter((part) => part.description?.type === 'offer').length, 1)
  await both(host, guest)
  stable(host, guest)
})

test('each side tells what it has switched off when they meet, and later only what changed', async () => {
  const { host, guest } = await inCall()
  assert.deepEqual(host.heard.find(([name]) => name === 'peerMedia')[1], { mic: true, camera: true, screen: false })
  guest.call.tell()
  assert.equal(guest.sent.length, 0)
  guest.media.mic = false
  guest.call.tell()
  assert.deepEqual(guest.sent, [{ media: { mic: false, camera: true, screen: false } }])
})

test('a reload of the other is another page: close at once and start anew', async () => {
  const { host } = await inCall()
  const again = side({ polite: true, sid: 'guest reloaded' })
  seen(host, again)
  assert.ok(host.links[0].closed)
  meet(again, host)
  await both(host, again)
  stable(host, again)
  assert.equal(host.links.length, 2)
})

test('a reload whose news got lost is noticed by the offer itself', async () => {
  const { host } = await inCall()
  const again = side({ polite: true, sid: 'guest reloaded' })
  meet(again, host)
  await both(again, host)
  stable(host, again)
  assert.equal(host.links.length, 2)
})

test('late words of a page that is no more are ignored', async () => {
  const { host, guest } = await inCall()
  const again = side({ polite: true, sid: 'guest reloaded' })
  seen(host, again)
  meet(again, host)
  await both(host, again)
  const links = host.links.length
  guest.call.networkChanged()
  guest.sent.push({ candidate: { candidate: 'of 1.0' } }, { media: { mic: false } })
  await carry(guest, host)
  seen(host, guest)
  assert.equal(host.links.length, links)
})

test('our socket came back and the call is well: nothing is negotiated', async () => {
  const { host, guest } = await inCall()
  meet(guest, host)
  seen(host, guest)
  await guest.timers.pass(0)
  await host.timers.pass(0)
  assert.deepEqual([host.links.length, guest.links.length], [1, 1])
  assert.deepEqual([host.link.restarts, guest.link.restarts], [0, 0])
})

test('an offer lost with the socket is sent again when either socket is back', async () => {
  const host = side({ polite: false, sid: 'host' })
  const guest = side({ polite: true, sid: 'guest' })
  seen(host, guest)
  meet(guest, host)
  await settle()
  guest.sent.length = 0 // into a dead socket
  seen(guest, host)
  await both(guest, host)
  stable(host, guest)
  assert.deepEqual([host.links.length, guest.links.length], [1, 1])
})

test('an offer lost with our own socket: both then offer, and still settle on one connection', async () => {
  const host = side({ polite: false, sid: 'host' })
  const guest = side({ polite: true, sid: 'guest' })
  seen(host, guest)
  meet(guest, host)
  await settle()
  guest.sent.length = 0
  meet(host, guest) // the host's socket was the dead one; as the newcomer it is told to offer
  seen(guest, host) // and the guest sends its offer again
  await both(host, guest, 5)
  stable(host, guest)
  assert.equal(host.links.concat(guest.links).filter(({ rollbacks }) => rollbacks).length, 0)
})

test('an offer that never comes makes us ask to be let in again', async () => {
  const host = side({ polite: false, sid: 'host' })
  seen(host, { sid: 'guest' })
  await host.timers.pass(5200)
  assert.equal(host.rejoins, 1)
})

test('a failed path is restarted every four seconds, the impolite side first', async () => {
  const { host, guest } = await inCall()
  for (const each of [host, guest]) each.link.become('failed')
  await host.timers.pass(0)
  await guest.timers.pass(0)
  assert.deepEqual([host.link.restarts, guest.link.restarts], [1, 0])
  await guest.timers.pass(1500)
  assert.equal(guest.link.restarts, 1)
})

test('an unanswered restart is sent again rather than restarted again', async () => {
  const { host } = await inCall()
  host.link.become('failed')
  await host.timers.pass(0)
  host.sent.length = 0
  await host.timers.pass(4000)
  assert.equal(host.link.restarts, 1)
  assert.equal(host.sent.filter((part) => part.description).length, 1)
})

test('while the server is out of reach we look for it instead of negotiating into the void', async () => {
  const { host } = await inCall()
  host.reachable = false
  host.link.become('failed')
  await host.timers.pass(0)
  assert.deepEqual([host.link.restarts, host.probes], [0, 1])
})

test('when restarts do not help, a new connection does', async () => {
  const { host, guest } = await inCall()
  for (const each of [host, guest]) each.link.become('failed')
  await host.timers.pass(16_100)
  assert.equal(host.links.length, 2)
  guest.sent.length = 0
  await both(host, guest, 4)
  stable(host, guest)
  assert.equal(guest.links.length, 2)
})

test('two seconds of silence are enough to act, and sound ends it', async () => {
  const { host } = await inCall()
  host.link.bytes = 1000
  await host.timers.pass(1100)
  await host.timers.pass(2000)
  assert.equal(host.told('interrupted'), 1)
  assert.equal(host.probes, 1)
  host.link.bytes = 2000
  await host.timers.pass(1000)
  assert.equal(host.told('connected'), 2)
})

test('gathering that hung is cured by a new connection with our offer', async () => {
  const host = side({ polite: false, sid: 'host' })
  const guest = side({ polite: true, sid: 'guest' })
  meet(guest, host)
  guest.link.gathers = false
  await guest.timers.pass(2600)
  assert.equal(guest.links.length, 2)
  seen(host, guest)
  await both(guest, host)
  stable(host, guest)
})

test('a farewell is believed when nothing more is heard', async () => {
  const { host } = await inCall()
  const left = host.call.peerLeft({ sid: 'guest' })
  await host.timers.pass(800)
  await left
  assert.equal(host.told('peerLeft'), 1)
  const tried = host.link.restarts
  host.link.become('failed')
  await host.timers.pass(20_000)
  assert.deepEqual([host.link.restarts, host.probes], [tried, 0], 'one who left is not looked for')
})

test('a farewell that is overtaken by their return means nothing', async () => {
  const { host, guest } = await inCall()
  const left = host.call.peerLeft({ sid: 'guest' })
  seen(host, guest)
  await host.timers.pass(800)
  await left
  assert.equal(host.told('peerLeft'), 0)
})

test('one said to have left who only lost the network comes back to the same connection', async () => {
  const { host, guest } = await inCall()
  for (const each of [host, guest]) each.link.become('failed')
  const left = host.call.peerLeft({ sid: 'guest' })
  await host.timers.pass(800)
  await left
  seen(host, guest)
  meet(guest, host)
  await host.timers.pass(0)
  await both(host, guest)
  stable(host, guest)
  assert.deepEqual([host.links.length, guest.links.length, host.link.restarts], [1, 1, 1])
})

test('a farewell while media flows was only a lost socket', async () => {
  const { host } = await inCall()
  let bytes = 0
  host.link.getStats = async () => new Map([['t', { type: 'transport', bytesReceived: (bytes += 100) }]])
  const left = host.call.peerLeft({ sid: 'guest' })
  await host.timers.pass(800)
  await left
  assert.equal(host.told('peerLeft'), 0)
})

test('one who left while our socket was down is found absent, and not looked for without end', async () => {
  const { host } = await inCall()
  host.call.joined({ peer: null, offer: false })
  assert.equal(host.told('peerAway'), 0, 'still heard: only their socket is gone')
  host.link.become('failed')
  await host.timers.pass(20_000)
  assert.equal(host.told('peerAway'), 1)
  assert.equal(host.probes, 0)
  const back = side({ polite: true, sid: 'guest, second entry' })
  seen(host, back)
  meet(back, host)
  await both(host, back)
  stable(host, back)
})

test('one who was away comes back with the connection they had', async () => {
  const { host, guest } = await inCall()
  for (const each of [host, guest]) each.link.become('failed')
  host.call.joined({ peer: null, offer: false })
  assert.equal(host.told('peerAway'), 1)
  seen(host, guest)
  meet(guest, host)
  await host.timers.pass(0)
  assert.deepEqual([host.links.length, host.link.restarts], [1, 1])
})

test('one who left may come back from the same page', async () => {
  const { host } = await inCall()
  const left = host.call.peerLeft({ sid: 'guest' })
  await host.timers.pass(800)
  await left
  const again = side({ polite: true, sid: 'guest, second entry' })
  seen(host, again)
  meet(again, host)
  await both(host, again)
  stable(host, again)
})

test('closing leaves no timer behind', async () => {
  const { host, guest } = await inCall()
  for (const each of [host, guest]) {
    each.call.close()
    await each.timers.pass(0)
    assert.equal(each.timers.pending, 0)
  }
})
