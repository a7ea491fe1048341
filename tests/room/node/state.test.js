import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, inRoom, next } from '../../../frontend/js/room/state.js'

const after = (...events) =>
  events.reduce((state, event) => next(state, typeof event === 'string' ? { type: event } : event), begin)
const opened = { type: 'opened', entry: { role: 'learner' } }
const alone = { type: 'joined', peerHere: false }
const together = { type: 'joined', peerHere: true }

test('a whole call, from the door to leaving', () => {
  assert.equal(after(opened).phase, 'checking')
  assert.equal(after(opened, 'join').phase, 'joining')
  assert.equal(after(opened, 'join', alone).phase, 'waiting')
  assert.equal(after(opened, 'join', alone, 'peer-joined').phase, 'connecting')
  assert.equal(after(opened, 'join', alone, 'peer-joined', 'connected').phase, 'in-call')
  assert.equal(after(opened, 'join', together, 'connected', { type: 'left', why: 'you' }).phase, 'left')
})

test('news of the other may come before our own welcome', () => {
  assert.equal(after(opened, 'join', 'peer-joined', alone).phase, 'connecting')
})

test('a lost path is reconnecting, and a connection found again is the call', () => {
  const lost = after(opened, 'join', together, 'connected', 'interrupted')
  assert.equal(lost.phase, 'reconnecting')
  assert.equal(next(lost, { type: 'connected' }).phase, 'in-call')
})

test('losing the socket does not touch the call', () => {
  const cut = after(opened, 'join', together, 'connected', { type: 'socket', up: false })
  assert.deepEqual([cut.phase, cut.socket], ['in-call', 'down'])
  assert.deepEqual([next(cut, together).phase, next(cut, together).socket], ['in-call', 'up'])
})

test('when the other leaves we wait, and know that they were here', () => {
  const left = after(opened, 'join', together, 'connected', 'peer-left')
  assert.deepEqual([left.phase, left.peer.gone, left.peer.here], ['waiting', 'left', false])
  assert.equal(next(left, { type: 'peer-joined' }).peer.gone, '')
})

test('one who is away without a farewell is waited for, and back in the call as soon as heard', () => {
  const away = after(opened, 'join', together, 'connected', 'interrupted', 'peer-away')
  assert.deepEqual([away.phase, away.peer.gone], ['waiting', 'away'])
  assert.equal(next(away, { type: 'connected' }).phase, 'in-call')
})

test('an ended session stays ended, whatever comes late', () => {
  const ended = after(opened, 'join', together, 'connected', { type: 'ended', why: 'over' })
  for (const late of ['connected', 'peer-joined', 'interrupted', 'join', 'peer-left', 'rebuilt'])
    assert.equal(next(ended, { type: late }).phase, 'ended', late)
  assert.equal(next(ended, { type: 'refused', why: 'fault' }).phase, 'ended')
})

test('one may come back after leaving, not after the end', () => {
  const left = after(opened, 'join', together, { type: 'left', why: 'you' })
  assert.equal(next(left, { type: 'join' }).phase, 'joining')
  assert.equal(next(left, opened).phase, 'left')
})

test('too early turns into the device check when the door opens', () => {
  const early = after({ type: 'early', opensAt: '2030-01-01T00:00:00Z' })
  assert.deepEqual([early.phase, early.opensAt], ['early', '2030-01-01T00:00:00Z'])
  assert.equal(next(early, opened).phase, 'checking')
})

test('what the other switched off is known, and forgotten when they go', () => {
  const muted = after(opened, 'join', together, { type: 'peer-media', media: { mic: false, camera: true } })
  assert.equal(muted.peer.media.mic, false)
  assert.equal(next(muted, { type: 'peer-left' }).peer.media, null)
})

test('an event that is not known changes nothing', () => {
  const state = after(opened)
  assert.equal(next(state, { type: 'nonsense' }), state)
})

test('only the states between joining and leaving are in the room', () => {
  const phases = ['joining', 'waiting', 'connecting', 'in-call', 'reconnecting']
  for (const phase of phases) assert.ok(inRoom({ phase }), phase)
  for (const phase of ['opening', 'early', 'refused', 'checking', 'left', 'ended']) assert.ok(!inRoom({ phase }), phase)
})
