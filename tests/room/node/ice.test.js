import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIce } from '../../../frontend/js/room/ice.js'
import { fakeTimers } from './fakes.js'

const LIFE = 3_600_000

function servers() {
  const timers = fakeTimers()
  const made = { timers, asked: 0, renewed: 0, refuses: false }
  const ask = async () => {
    made.asked++
    if (made.refuses) throw new Error('over')
    return { ice_servers: [{ urls: 'turn:x' }], expires_at: new Date(timers.now() + LIFE).toISOString() }
  }
  made.ice = createIce({ ask, now: timers.now, renewed: () => made.renewed++, timers })
  return made
}

test('credentials are renewed before they lapse', async () => {
  const made = servers()
  assert.deepEqual(await made.ice.ready(), [{ urls: 'turn:x', username: undefined, credential: undefined }])
  await made.timers.pass(LIFE)
  assert.deepEqual([made.asked, made.renewed], [2, 1])
})

test('after one has left nothing more is asked for, until one comes back', async () => {
  const made = servers()
  await made.ice.ready()
  made.refuses = true
  await made.timers.pass(LIFE)
  assert.ok(made.asked > 2, 'again and again while in the room')
  const before = made.asked
  const renewing = made.ice.renew()
  made.ice.rest()
  await renewing
  await made.timers.pass(10 * LIFE)
  assert.deepEqual([made.asked, made.timers.pending], [before + 1, 0])
  made.refuses = false
  assert.equal((await made.ice.ready()).length, 1)
  assert.equal(made.timers.pending, 1)
})
