import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAdmission } from '../../../frontend/js/room/admission.js'
import { lateWords } from '../../../frontend/js/room/lobby/words.js'
import { begin, next } from '../../../frontend/js/room/state.js'
import { fakeTimers } from './fakes.js'

const entry = (role = 'learner') => ({
  role,
  session: { starts_at: '2026-03-01T10:00:00Z', status: 'live' },
  ends_at: '2026-03-01T11:00:00Z',
  peer: { came_at: null },
})
const after = (state, ...events) => events.reduce(next, state)
const joining = (role) => after(begin, { type: 'opened', entry: entry(role) }, { type: 'join' })
const joined = (more) => ({ type: 'joined', peerHere: false, status: 'live', ...more })

test('whoever comes before the start waits in the lobby until let in', () => {
  const waits = after(joining(), joined({ admitted: false }))
  assert.equal(waits.phase, 'lobby')
  assert.equal(after(waits, joined({ admitted: true, peerHere: true })).phase, 'connecting')
  assert.equal(after(waits, joined({ admitted: true })).phase, 'waiting')
})

test('in the lobby nobody has met anybody', () => {
  const waits = after(joining(), joined({ admitted: false, peerHere: true }))
  assert.deepEqual([waits.met, waits.peer.here], [false, false])
})

test('one who left the lobby does not come back into it by a late answer', () => {
  const left = after(joining(), joined({ admitted: false }), { type: 'left', why: 'you' })
  assert.equal(after(left, joined({ admitted: false })).phase, 'left')
})

test('the mentor hears of a knock, and of its end, and it ends by itself when the learner is in', () => {
  const alone = after(joining('mentor'), joined({ knocking: false }))
  const knocked = after(alone, { type: 'knocking', yes: true })
  assert.equal(knocked.knocking, true)
  assert.equal(after(knocked, { type: 'knocking', yes: false }).knocking, false)
  assert.equal(after(knocked, { type: 'peer-joined' }).knocking, false)
  assert.equal(after(joining('mentor'), joined({ knocking: true })).knocking, true)
})

test('whom the mentor has put out is out until let back in, on a page loaded anew too', () => {
  const out = after(joining('mentor'), joined({ peerHere: true }), { type: 'put-out', yes: true })
  assert.equal(out.isOut, true)
  assert.equal(after(out, { type: 'put-out', yes: false }).isOut, false)
  assert.equal(after(out, { type: 'peer-joined' }).isOut, false)
  assert.equal(after(joining('mentor'), joined({ removed: true })).isOut, true)
})

test('nobody who has come is said to be late', () => {
  const late = { type: 'late', role: 'learner', minutes: 10 }
  const alone = after(joining('mentor'), joined({}), late)
  assert.notEqual(lateWords(alone), '')
  assert.equal(lateWords(after(alone, { type: 'knocking', yes: true })), '')
  assert.equal(lateWords(after(alone, { type: 'peer-joined' })), '')
  const theirs = after(joining(), joined({ admitted: false, status: 'booked' }), { ...late, role: 'mentor' })
  assert.notEqual(lateWords(theirs), '')
  assert.equal(lateWords(after(theirs, joined({ admitted: false, status: 'live' }))), '')
})

test('late notes are kept for each side', () => {
  const told = after(
    joining(),
    { type: 'late', role: 'mentor', minutes: 5 },
    { type: 'late', role: 'learner', minutes: 10 },
  )
  assert.deepEqual(told.late, { mentor: 5, learner: 10 })
})

function admission(now) {
  const handlers = {}
  const timers = fakeTimers()
  const counts = { rejoined: 0, muted: 0, removed: 0, readmitted: 0, heard: [] }
  const made = createAdmission({
    id: 'ses_1',
    live: { on: (type, handler) => ((handlers[type] = handler), () => delete handlers[type]) },
    hear: (type, handler) => ((handlers[type] = handler), () => delete handlers[type]),
    door: { now: () => now + timers.now() },
    rejoin: () => counts.rejoined++,
    happened: (event) => counts.heard.push(event),
    muted: () => counts.muted++,
    removed: () => counts.removed++,
    readmitted: () => counts.readmitted++,
    timers,
  })
  return { made, handlers, timers, counts }
}

test('the lobby is left at the start by the clock, once, and not after leaving it', async () => {
  const { made, timers, counts } = admission(Date.parse('2026-03-01T09:59:00Z'))
  const waits = after(joining(), joined({ admitted: false }))
  made.changed(joining(), waits)
  await timers.pass(59_000)
  assert.equal(counts.rejoined, 0)
  await timers.pass(2000)
  assert.equal(counts.rejoined, 1)
  made.changed(joining(), waits)
  made.changed(waits, after(waits, { type: 'left', why: 'you' }))
  await timers.pass(120_000)
  assert.equal(counts.rejoined, 1)
})

test('one whose clock was ahead of the server at the start knocks again until let in', async () => {
  const { made, timers, counts } = admission(Date.parse('2026-03-01T09:59:00Z'))
  const waits = after(joining(), joined({ admitted: false }))
  made.changed(joining(), waits)
  await timers.pass(60_400)
  assert.equal(counts.rejoined, 1)
  made.changed(waits, { ...waits }) // not yet
  made.changed(waits, { ...waits })
  await timers.pass(2400)
  assert.equal(counts.rejoined, 2)
  made.changed(waits, after(waits, joined({ admitted: true })))
  await timers.pass(10_000)
  assert.equal(counts.rejoined, 2)
})

test('whoever was put out of this room hears that they may come back to it', () => {
  const { made, handlers, counts } = admission(0)
  handlers.readmitted({ data: { session_id: 'ses_2' } })
  assert.equal(counts.readmitted, 0)
  handlers.readmitted({ data: { session_id: 'ses_1' } })
  assert.equal(counts.readmitted, 1)
  made.close()
  assert.equal(handlers.readmitted, undefined)
})

test('what the server says at the door is acted on, and no longer once closed', () => {
  const { made, handlers, counts } = admission(0)
  handlers.admitted({})
  handlers.muted({})
  handlers.removed({})
  handlers.late({ role: 'mentor', minutes: 15 })
  assert.deepEqual([counts.rejoined, counts.muted, counts.removed], [1, 1, 1])
  assert.deepEqual(counts.heard, [{ type: 'late', role: 'mentor', minutes: 15 }])
  made.close()
  assert.deepEqual(handlers, {})
})
