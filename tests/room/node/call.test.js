import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settle } from './fakes.js'
import { both, carry, inCall, meet, seen, side, stable } from './sides.js'

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

test('one who was thought to have left, and only lost the socket, is in the call again at once', async () => {
  const { host, guest } = await inCall()
  host.call.peerLeft({ sid: 'guest' }) // and in this second nothing is heard of them
  await host.timers.pass(1000)
  assert.equal(host.told('peerLeft'), 1)
  seen(host, guest)
  assert.deepEqual([host.told('connected'), host.links.length, host.link.restarts], [2, 1, 0])
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

test('what else the other is to know of us goes with the devices, and again to a page that is new', async () => {
  const { host, guest } = await inCall()
  guest.call.note({ held: 'line', camera: false })
  assert.deepEqual(guest.sent.at(-1), { media: { mic: true, camera: false, screen: false, held: 'line' } })
  guest.call.note({ held: 'line', camera: false })
  assert.equal(guest.sent.length, 1, 'once')
  seen(guest, { sid: 'host, loaded anew' })
  assert.equal(guest.sent.at(-1).media.held, 'line')
  guest.call.note({ held: undefined, camera: undefined })
  assert.deepEqual(guest.sent.at(-1).media, { mic: true, camera: true, screen: false })
  host.call.close()
})

test('new credentials make a relayed call look for a new path, before the old ones lapse', async () => {
  const { host } = await inCall()
  host.call.configure({ iceServers: ['new'] })
  assert.deepEqual([host.link.config.iceServers, host.link.restarts], [['new'], 0], 'a direct path needs none')
  const pair = { id: 'p', type: 'candidate-pair', localCandidateId: 'l' }
  const report = { t: { type: 'transport', bytesReceived: 1, selectedCandidatePairId: 'p' }, p: pair }
  host.link.getStats = async () => new Map(Object.entries({ ...report, l: { candidateType: 'relay' } }))
  await host.timers.pass(1000)
  host.call.configure({ iceServers: ['newer'] })
  assert.equal(host.link.restarts, 1)
})
