import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPeer } from '../../../frontend/js/room/peer.js'
import { FakeConnection, fakeTimers, settle } from './fakes.js'

const tracks = () => ({ audio: { kind: 'audio' }, camera: { kind: 'video' } })

function side(polite, options = {}) {
  const pc = new FakeConnection()
  const sent = []
  const heard = []
  const timers = fakeTimers()
  const news = {
    state: (word) => heard.push(['state', word]),
    remote: (theirs) => heard.push(['remote', Object.keys(theirs)]),
    stranger: (signal) => heard.push(['stranger', signal]),
    hung: () => heard.push(['hung']),
    line: (channel) => heard.push(['line', channel]),
  }
  const peer = createPeer({
    pc,
    polite,
    tracks: tracks(),
    streams: {},
    send: (part) => sent.push(part),
    news,
    timers,
    ...options,
  })
  return { pc, peer, sent, heard, timers, told: (name) => heard.filter(([each]) => each === name).length }
}

const signal = (part) => (part.candidate ? { candidates: [part.candidate] } : part)
async function deliver(from, to) {
  await settle()
  for (const part of from.sent.splice(0)) await to.peer.take(signal(part))
}

async function pair() {
  const newcomer = side(true)
  const host = side(false)
  await newcomer.peer.offer()
  await deliver(newcomer, host)
  await deliver(host, newcomer)
  return { newcomer, host }
}

test('one offer, one answer, and both have the tracks by name in the same order', async () => {
  const { newcomer, host } = await pair()
  assert.equal(newcomer.pc.signalingState, 'stable')
  for (const { pc, heard } of [newcomer, host]) {
    assert.deepEqual(
      pc.getTransceivers().map(({ kind, direction }) => [kind, direction]),
      [
        ['audio', 'sendrecv'],
        ['video', 'sendrecv'],
        ['video', 'sendrecv'],
        ['audio', 'sendrecv'],
      ],
    )
    assert.deepEqual(
      pc.getTransceivers().map(({ sender }) => sender.track?.kind),
      ['audio', 'video', undefined, undefined],
    )
    assert.deepEqual(heard, [
      ['line', pc.channels[0]],
      ['remote', ['audio', 'camera', 'screen', 'sound']],
    ])
    assert.deepEqual(pc.channels, [{ label: 'together', negotiated: true, id: 0, readyState: 'connecting' }])
  }
  assert.equal(newcomer.pc.taken.length, 1)
  assert.equal(host.pc.taken.length, 1)
})

test('the side that does not offer makes no transceiver of its own', async () => {
  const host = side(false)
  assert.equal(host.pc.getTransceivers().length, 0)
  assert.ok(host.peer.untouched)
})

test('candidates that overtake their offer wait for it', async () => {
  const [newcomer, host] = [side(true), side(false)]
  await newcomer.peer.offer()
  await settle()
  const [description, candidate] = newcomer.sent
  await host.peer.take(signal(candidate))
  assert.equal(host.pc.taken.length, 0)
  await host.peer.take(description)
  assert.equal(host.pc.taken.length, 1)
})

test('candidates that overtake the offer of an ICE restart wait for it too', async () => {
  const { newcomer, host } = await pair()
  newcomer.peer.restart()
  await settle()
  const [description, candidate] = newcomer.sent
  await host.peer.take(signal(candidate))
  assert.equal(host.pc.taken.length, 1, 'only that of the first offer')
  await host.peer.take(description)
  assert.equal(host.pc.taken.length, 2)
})

test('glare later on: the polite side gives way, the other ignores, and both settle', async () => {
  const { newcomer, host } = await pair()
  newcomer.peer.restart()
  host.peer.restart()
  await settle()
  const fromNewcomer = newcomer.sent.splice(0)
  await deliver(host, newcomer)
  for (const part of fromNewcomer) await host.peer.take(signal(part))
  await deliver(newcomer, host)
  await deliver(host, newcomer)
  assert.equal(newcomer.pc.rollbacks, 1)
  assert.equal(host.pc.rollbacks, 0)
  assert.deepEqual([newcomer.pc.signalingState, host.pc.signalingState], ['stable', 'stable'])
})

test('in a glare what overtakes the answer is not lost with the offer that was ignored', async () => {
  const { newcomer, host } = await pair()
  newcomer.peer.restart()
  host.peer.restart()
  await settle()
  const [ignored] = newcomer.sent.splice(0)
  await deliver(host, newcomer)
  await host.peer.take(ignored)
  await settle()
  const before = host.pc.taken.length
  const [candidates, answers] = [
    newcomer.sent.filter((part) => part.candidate),
    newcomer.sent.filter((part) => part.description),
  ]
  assert.ok(candidates.length)
  for (const part of [...candidates, ...answers]) await host.peer.take(signal(part))
  assert.ok(host.pc.taken.length > before)
})

test('glare before the first connection: no rollback, the polite side asks for a new connection', async () => {
  const [polite, host] = [side(true), side(false)]
  await Promise.all([polite.peer.offer(), host.peer.offer()])
  const [offer] = host.sent
  await polite.peer.take(offer)
  assert.equal(polite.pc.rollbacks, 0)
  assert.deepEqual(polite.heard.at(-1), ['stranger', offer])
})

test('an offer lost in a dead socket is sent again, not restarted', async () => {
  const newcomer = side(true)
  await newcomer.peer.offer()
  newcomer.sent.length = 0
  newcomer.peer.restart()
  assert.equal(newcomer.pc.restarts, 0)
  assert.equal(newcomer.sent[0].description.type, 'offer')
})

test('an offer that arrives twice is answered twice, and the second answer does no harm', async () => {
  const [newcomer, host] = [side(true), side(false)]
  await newcomer.peer.offer()
  newcomer.peer.resend()
  await deliver(newcomer, host)
  await deliver(host, newcomer)
  assert.equal(newcomer.pc.signalingState, 'stable')
})

test('an answer to an offer of an earlier connection does not pass for one to the present offer', async () => {
  const [earlier, present, host] = [side(true), side(true), side(false)]
  await earlier.peer.offer()
  await deliver(earlier, host)
  await settle()
  const late = host.sent.find(({ description }) => description)
  await present.peer.offer()
  await present.peer.take(late)
  assert.equal(present.pc.signalingState, 'have-local-offer')
  const again = side(false)
  await deliver(present, again)
  await deliver(again, present)
  assert.equal(present.pc.signalingState, 'stable')
  assert.deepEqual([present.told('stranger'), present.told('remote')], [0, 1])
})

test('a description of another connection than the one we spoke with is a stranger', async () => {
  const { host } = await pair()
  const reloaded = side(true)
  await reloaded.peer.offer()
  await host.peer.take(reloaded.sent[0])
  assert.equal(host.told('stranger'), 1)
})

test('gathering that yields nothing is reported as hung, once it has had its time', async () => {
  const newcomer = side(true, { patience: 2500 })
  newcomer.pc.gathers = false
  await newcomer.peer.offer()
  await newcomer.timers.pass(2400)
  assert.equal(newcomer.told('hung'), 0)
  await newcomer.timers.pass(200)
  assert.equal(newcomer.told('hung'), 1)
})

test('a machine without any network has finished gathering, not hung', async () => {
  const newcomer = side(true)
  Object.assign(newcomer.pc, { gathers: false, iceGatheringState: 'complete' })
  await newcomer.peer.offer()
  await newcomer.timers.pass(5000)
  assert.equal(newcomer.told('hung'), 0)
})

test('switching a device replaces the track of its own sender, and before the answer waits for it', async () => {
  const { newcomer } = await pair()
  await newcomer.peer.replace('camera', { kind: 'video', label: 'other' })
  assert.equal(newcomer.pc.getTransceivers()[1].sender.track.label, 'other')
  const host = side(false)
  host.peer.replace('audio', null)
  const again = side(true)
  await again.peer.offer()
  await deliver(again, host)
  assert.equal(host.pc.getTransceivers()[0].sender.track, null)
})

test('closing ends what was under way and says nothing more', async () => {
  const { newcomer, host } = await pair()
  newcomer.peer.restart()
  await settle()
  const offer = newcomer.sent[0]
  host.pc.closed = true
  const taking = host.peer.take(offer)
  host.peer.close()
  await taking
  assert.equal(host.told('stranger'), 0)
  assert.equal(host.timers.pending, 0)
})
