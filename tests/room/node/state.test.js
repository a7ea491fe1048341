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

const START = '2026-03-02T14:00:00Z'
const END = '2026-03-02T15:00:00Z'
const LATER = '2026-03-02T15:15:00Z'
const session = { starts_at: START, duration_minutes: 60, status: 'live' }
const entry = { role: 'learner', session, ends_at: END, extended: 0, extension_asked_by: null, peer: { came_at: null } }
const inCall = [{ type: 'opened', entry }, 'join', together, 'connected']
const news = (ends_at, extension_asked_by, status = 'live') => ({
  type: 'session',
  status,
  ends_at,
  extension_asked_by,
})

test('an extension that is agreed to moves the end', () => {
  const agreed = after(...inCall, news(END, 'learner'), news(LATER, null))
  assert.deepEqual([agreed.extension, agreed.entry.ends_at, agreed.entry.extended], ['agreed', LATER, 1])
  assert.equal(agreed.entry.session.duration_minutes, 75)
  assert.equal(next(agreed, news(LATER, null)).entry.extended, 1, 'told twice, extended once')
})

test('one that is refused or taken back leaves it, and can be asked for again', () => {
  const declined = after(...inCall, news(END, 'mentor'), news(END, null))
  assert.deepEqual([declined.extension, declined.entry.ends_at], ['declined', END])
  assert.equal(next(declined, news(END, 'learner')).extension, '')
})

test('an answer that comes after the news of the agreement does not take it back', () => {
  const agreed = after(...inCall, news(LATER, null))
  assert.equal(next(agreed, news(END, 'learner')), agreed)
})

test('what was missed while the line was lost is learned at the door', () => {
  const asked = after(...inCall, news(END, 'learner'))
  const longer = { ...entry, ends_at: LATER, extended: 1 }
  const known = next(asked, { type: 'opened', entry: longer })
  assert.deepEqual([known.phase, known.extension, known.entry.ends_at], ['in-call', 'agreed', LATER])
})

test('the mentor going live is known to a learner who waits', () => {
  const booked = { ...entry, session: { ...session, status: 'booked' } }
  const waits = after({ type: 'opened', entry: booked }, 'join', alone)
  assert.equal(next(waits, news(END, null)).entry.session.status, 'live')
  assert.equal(next(waits, { ...alone, status: 'live' }).entry.session.status, 'live')
})

test('whether the other has ever been here is remembered', () => {
  assert.equal(after(...inCall.slice(0, 2), alone).met, false)
  assert.equal(after(...inCall.slice(0, 2), alone, 'peer-joined', 'peer-left').met, true)
  const came = { ...entry, peer: { came_at: START } }
  assert.equal(after({ type: 'opened', entry: came }, 'join', alone).met, true)
})

test('what the session came to is known with the end, or a little later', () => {
  const ended = after(...inCall, { type: 'ended', why: 'over' })
  assert.equal(ended.outcome, '')
  const about = { role: 'learner', name: 'Asha', booking: 'bkg_1', price: 0 }
  assert.equal(next(ended, { type: 'settled', outcome: 'no_show_mentor', about }).outcome, 'no_show_mentor')
  assert.equal(after(...inCall, { type: 'settled', outcome: 'completed', about }).phase, 'in-call')
  assert.equal(after(...inCall, { type: 'ended', why: 'you', outcome: 'completed' }).outcome, 'completed')
})
