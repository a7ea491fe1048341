import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSignaling } from '../../../frontend/js/room/signaling.js'
import { fakeLive, fakeTimers, settle } from './fakes.js'

const TOPIC = 'room:ses_1'
const offer = { description: { type: 'offer', sdp: 'o' } }

function room(overrides = {}) {
  const live = fakeLive()
  const timers = fakeTimers()
  const heard = []
  const names = ['joined', 'peerJoined', 'signal', 'peerLeft', 'session', 'replaced', 'refused', 'socket']
  const news = Object.fromEntries(names.map((name) => [name, (data) => heard.push([name, data])]))
  let ids = 0
  const passes = []
  const pass = async (renew) => (passes.push(renew), `pass-${passes.length}`)
  const signaling = createSignaling({
    live,
    topic: TOPIC,
    newId: () => `sid-${++ids}`,
    pass,
    news: { ...news, ...overrides },
    timers,
  })
  const hear = (type, data, id) => live.hear({ type, topic: TOPIC, data, id })
  const welcome = (token = null) =>
    hear('joined', { offer: Boolean(token), peer: token && { sid: 'theirs', role: 'mentor', token }, status: 'live' })
  return { live, timers, heard, signaling, hear, welcome, passes }
}

async function entered(token) {
  const made = room()
  made.signaling.enter()
  await settle()
  made.welcome(token)
  return made
}

test('entering shows the pass and an id of its own each time', async () => {
  const { live, signaling } = await entered()
  signaling.leave()
  signaling.enter()
  await settle()
  assert.deepEqual(
    live.of('join').map(({ topic, data }) => [topic, data]),
    [
      [TOPIC, { pass: 'pass-1', sid: 'sid-1' }],
      [TOPIC, { pass: 'pass-2', sid: 'sid-2' }],
    ],
  )
  const farewells = live.of('leave').map(({ data }) => data)
  assert.deepEqual(farewells, [{ sid: 'sid-1' }]) // should it arrive last, the entry that followed stays
})

test('a signal carries the token of the other', async () => {
  const { live, signaling } = await entered('tok')
  signaling.send(offer)
  const { id, ...sent } = live.of('signal')[0]
  assert.deepEqual(sent, { type: 'signal', topic: TOPIC, data: { token: 'tok', ...offer } })
  assert.match(id, /^signal-/)
})

test('candidates go out together, within 50 ms', async () => {
  const { live, signaling, timers } = await entered('tok')
  for (const candidate of ['a', 'b', 'c']) signaling.send({ candidate: { candidate } })
  assert.equal(live.of('signal').length, 0)
  await timers.pass(50)
  assert.deepEqual(
    live.of('signal').map(({ data }) => data.candidates.map((each) => each.candidate)),
    [['a', 'b', 'c']],
  )
})

test('what is said while nobody can hear it waits for the other to come', async () => {
  const { live, signaling, hear, timers } = await entered()
  signaling.send(offer)
  signaling.send({ media: { mic: true } })
  await timers.pass(100)
  assert.equal(live.of('signal').length, 0)
  hear('peer-joined', { sid: 'theirs', role: 'mentor', token: 'new' })
  assert.deepEqual(live.of('signal')[0].data, { token: 'new', ...offer, media: { mic: true } })
})

test('a lost socket: joins again with the same id when it is back, and sends what was queued', async () => {
  const { live, signaling, heard, welcome } = await entered('old')
  live.become('waiting')
  assert.deepEqual(heard.at(-1), ['socket', false])
  signaling.send(offer)
  live.become('open')
  await settle()
  assert.equal(live.of('join')[1].data.sid, 'sid-1')
  assert.equal(live.of('signal').length, 0, 'the old token is worthless')
  welcome('new')
  assert.equal(live.of('signal')[0].data.token, 'new')
})

test('a peer that is gone makes us join again, ever more slowly', async () => {
  const { live, hear, timers } = await entered('stale')
  hear('peer-gone')
  await timers.pass(10)
  assert.equal(live.of('join').length, 2)
  hear('peer-gone')
  await timers.pass(100)
  assert.equal(live.of('join').length, 2)
  await timers.pass(200)
  assert.equal(live.of('join').length, 3)
})

test('news of the other that overtakes our own welcome is kept', async () => {
  const { live, signaling, hear, welcome } = room()
  signaling.enter()
  await settle()
  hear('peer-joined', { sid: 'theirs', role: 'mentor', token: 'tok' })
  welcome(null)
  signaling.send(offer)
  assert.equal(live.of('signal')[0].data.token, 'tok')
})

test('a join that is not answered is sent again', async () => {
  const { live, signaling, timers } = room()
  signaling.enter()
  await timers.pass(4100)
  assert.equal(live.of('join').length, 2)
})

test('a pass that lapsed is renewed; another refusal is told', async () => {
  const { live, signaling, hear, heard, passes } = room()
  signaling.enter()
  await settle()
  hear('error', { code: 'pass_expired', message: '' }, live.of('join')[0].id)
  await settle()
  assert.deepEqual(passes, [false, true])
  hear('error', { code: 'forbidden', message: '' }, live.of('join')[1].id)
  assert.deepEqual(heard.at(-1), ['refused', 'forbidden'])
})

test('a fault on the way in puts nobody out: it is tried again', async () => {
  for (const code of ['surprise', 'too_fast', 'unavailable']) {
    const { live, hear, heard, timers } = await entered('tok')
    live.become('waiting')
    live.become('open')
    await settle()
    hear('error', { code, message: '' }, live.of('join').at(-1).id)
    await timers.pass(4100)
    assert.equal(live.of('join').length, 3)
    assert.ok(!heard.some(([name]) => name === 'refused'), code)
  }
})

test('a signal that could not be delivered makes us come in anew', async () => {
  const { live, signaling, hear, timers } = await entered('tok')
  signaling.send(offer)
  hear('error', { code: 'unavailable', message: '' }, live.of('signal')[0].id)
  await timers.pass(10)
  assert.equal(live.of('join').length, 2)
})

test('messages of another room are not ours', async () => {
  const { live, heard } = await entered('tok')
  const before = heard.length
  live.hear({ type: 'signal', topic: 'room:other', data: {} })
  assert.equal(heard.length, before)
})

test('the news is told before what was queued goes out, for it may make that worthless', async () => {
  const { live, signaling, hear } = room({ peerJoined: () => signaling.forget() })
  signaling.enter()
  await settle()
  signaling.send(offer)
  signaling.send({ media: { mic: false } })
  hear('peer-joined', { sid: 'another page', role: 'mentor', token: 'tok' })
  assert.deepEqual(live.of('signal')[0].data, { token: 'tok', media: { mic: false } })
})

test('a silent line is checked, a missing one is hurried', async () => {
  const { live, signaling } = await entered('tok')
  signaling.probe()
  assert.equal(live.checks, 1)
  live.become('waiting')
  signaling.probe()
  assert.equal(live.wakes, 1)
})

test('closing leaves no listener and no timer behind', async () => {
  const { live, signaling, timers } = await entered('tok')
  signaling.send({ candidate: { candidate: 'a' } })
  signaling.close()
  assert.equal(live.listeners(), 0)
  assert.equal(timers.pending, 0)
})
