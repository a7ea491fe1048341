import assert from 'node:assert/strict'
import { test } from 'node:test'
import { both, carry, inCall, meet, seen, side, stable } from './sides.js'

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
  const { host, guest } = await inCall()
  await speaking(host)
  await host.timers.pass(2000)
  assert.equal(host.told('interrupted'), 1)
  assert.equal(host.probes, 1)
  Object.assign(guest.media, { mic: false, camera: false })
  guest.call.tell() // their socket is back, the path to them is not
  await carry(guest, host)
  await host.timers.pass(1000)
  assert.equal(host.told('connected'), 1)
  host.link.bytes += 1000
  await host.timers.pass(1000)
  assert.equal(host.told('connected'), 2)
})

/** For three seconds sound comes from the other. */
async function speaking({ link, timers }) {
  await timers.pass(100)
  for (const bytes of [1000, 2000, 3000]) {
    link.bytes = bytes
    await timers.pass(1000)
  }
}

test('two who only listen are not taken for lost, though hardly anything passes between them', async () => {
  const { host } = await inCall()
  host.link.packets = 0
  for (const bytes of [0, 100, 100, 100, 100, 200, 200, 200]) {
    host.link.bytes = bytes
    await host.timers.pass(1000)
  }
  assert.equal(host.told('interrupted'), 0)
  assert.ok(!host.heard.some(([name, level]) => name === 'quality' && level === 'lost'))
})

test('one who switches off all that they send is not taken for lost', async () => {
  const { host, guest } = await inCall()
  await speaking(host)
  Object.assign(guest.media, { mic: false, camera: false })
  guest.call.tell()
  await carry(guest, host)
  await host.timers.pass(6000)
  assert.equal(host.told('interrupted'), 0)
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

test('one who was put out is cut off at once, though their page goes on sending and asks for more', async () => {
  for (const putOut of [
    (call) => call.peerLeft({ sid: 'guest', removed: true }),
    (call) => call.joined({ peer: null, offer: false, removed: true }),
  ]) {
    const { host, guest } = await inCall()
    let bytes = 0
    host.link.getStats = async () => new Map([['t', { type: 'transport', bytesReceived: (bytes += 100) }]])
    await putOut(host.call)
    assert.deepEqual([host.link.signalingState, host.told('peerLeft'), host.told('peerAway')], ['closed', 1, 0])
    guest.call.networkChanged()
    await guest.timers.pass(20_000)
    await both(guest, host)
    assert.equal(host.links.length, 1)
    const again = side({ polite: true, sid: 'again' })
    seen(host, again) // the server has let them in again
    meet(again, host)
    await both(again, host)
    assert.equal(host.links.length, 2)
    stable(host, again)
  }
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
