import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeeping } from '../../../frontend/js/room/keeping.js'
import { begin } from '../../../frontend/js/room/state.js'
import { fakeLive, fakeTimers, settle } from './fakes.js'

const MINUTE = 60_000
const iso = (moment) => new Date(moment).toISOString()
const entry = (minutes) => ({
  role: 'learner',
  session: { starts_at: iso(0), status: 'live' },
  ends_at: iso(minutes * MINUTE),
})
const inside = (minutes) => ({ ...begin, phase: 'in-call', entry: entry(minutes) })

function room(answers = []) {
  const made = {
    live: fakeLive(),
    timers: fakeTimers(),
    looks: 0,
    renewals: 0,
    rejoins: [],
    heard: [],
    passes: [],
    asked: 0,
  }
  const door = {
    now: () => made.timers.now(),
    look: () => made.looks++,
    shown: () => 'pass',
    pass: async (renew) => (made.passes.push(renew), 'new pass'),
    session: async () => {
      made.asked++
      const answer = answers.shift() ?? { status: 'live' }
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  made.keeping = createKeeping({
    live: made.live,
    topic: 'room:ses_1',
    door,
    ice: { renew: () => made.renewals++ },
    rejoin: (renew) => made.rejoins.push(renew),
    happened: (event) => made.heard.push(event),
    timers: made.timers,
  })
  made.here = () => made.live.of('here')
  return made
}

test('presence is marked at once and each minute, with the pass', async () => {
  const { keeping, timers, here } = room()
  keeping.admitted(false)
  await timers.pass(0)
  assert.deepEqual(
    here().map(({ topic, data }) => [topic, data]),
    [['room:ses_1', { pass: 'pass' }]],
  )
  await timers.pass(59_999)
  assert.equal(here().length, 1)
  await timers.pass(2 * MINUTE)
  assert.equal(here().length, 3)
})

test('let in again on a new line: marked at once only if a mark was lost meanwhile', async () => {
  const { keeping, live, timers, here } = room()
  keeping.admitted(false)
  await timers.pass(10_000)
  keeping.admitted(true)
  await settle()
  assert.equal(here().length, 1)
  live.state = 'waiting'
  await timers.pass(MINUTE)
  live.state = 'open'
  keeping.admitted(true)
  await settle()
  assert.equal(here().length, 2)
})

test('a lapsed pass is renewed once for a mark', async () => {
  const { keeping, live, timers, here, passes } = room()
  keeping.admitted(false)
  await timers.pass(0)
  live.hear({ type: 'error', id: here()[0].id, data: { code: 'pass_expired' } })
  await settle()
  assert.deepEqual([passes, here()[1].data.pass], [[true], 'new pass'])
  live.hear({ type: 'error', id: here()[1].id, data: { code: 'pass_expired' } })
  live.hear({ type: 'error', id: 'signal-1', data: { code: 'pass_expired' } })
  await settle()
  assert.equal(here().length, 2)
})

test('out of the room nobody is marked', async () => {
  const { keeping, timers, here } = room()
  keeping.admitted(false)
  await timers.pass(0)
  keeping.changed(inside(60), { ...inside(60), phase: 'left' })
  await timers.pass(5 * MINUTE)
  assert.equal(here().length, 1)
})

test('what may have been missed on a lost line is asked for', () => {
  const made = room()
  made.keeping.admitted(false)
  assert.equal(made.looks, 0)
  made.keeping.admitted(true)
  assert.equal(made.looks, 1)
})

test('put off: the pass, the relays and the place in the room are renewed, once', () => {
  const made = room()
  made.keeping.changed({ ...inside(60), phase: 'joining' }, inside(60))
  made.keeping.changed(inside(60), inside(75))
  made.keeping.changed(inside(75), inside(75))
  assert.deepEqual([made.rejoins, made.renewals], [[true], 1])
})

test('the room closes by itself ten minutes after its end, even if no news of it comes', async () => {
  const made = room()
  made.keeping.changed({ ...begin, entry: entry(60) }, inside(60))
  await made.timers.pass(69 * MINUTE)
  assert.equal(made.looks, 0)
  made.keeping.changed(inside(60), inside(75))
  await made.timers.pass(15 * MINUTE)
  assert.equal(made.looks, 0)
  await made.timers.pass(MINUTE + 2000)
  assert.equal(made.looks, 1)
})

const ended = { ...inside(60), phase: 'ended' }

test('what became of it is asked for until it is known', async () => {
  const settled = {
    status: 'no_show_mentor',
    viewer: 'learner',
    booking_id: 'bkg_1',
    mentor: { name: 'Asha' },
    price_paise: 0,
  }
  const made = room([new Error('offline'), { status: 'live' }, settled])
  made.keeping.changed(inside(60), ended)
  await made.timers.pass(5 * MINUTE)
  const about = { role: 'learner', name: 'Asha', booking: 'bkg_1', price: 0 }
  assert.deepEqual(made.heard, [{ type: 'settled', outcome: 'no_show_mentor', about }])
  assert.equal(made.asked, 3)
})

test('what the news told already is not asked for, and asking ends some time', async () => {
  const told = room()
  told.keeping.changed(inside(60), { ...ended, outcome: 'completed' })
  await settle()
  assert.equal(told.asked, 0)
  const never = room()
  never.keeping.changed(inside(60), ended)
  await never.timers.pass(60 * MINUTE)
  assert.equal(never.asked, 8)
})

test('closing leaves no timer and no listener behind', async () => {
  const { keeping, live, timers } = room()
  keeping.changed({ ...begin, entry: entry(60) }, inside(60))
  keeping.admitted(false)
  await settle()
  keeping.changed(inside(60), ended)
  await settle()
  keeping.close()
  assert.deepEqual([timers.pending, live.listeners()], [0, 0])
})
