import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBus } from '../../../frontend/js/room/bus.js'
import { createSteering } from '../../../frontend/js/room/quality/steering.js'
import { settle } from './fakes.js'

const CALM = { phase: 'in-call', peer: { media: { camera: true } } }

/** A room in a call, and what was asked of it. */
function inRoom({ wish = '' } = {}) {
  const bus = createBus()
  const asked = { tunes: [], notes: [], changes: [] }
  const devices = { mic: true, camera: true }
  const room = {
    on: bus.on,
    tune: async (name, change) => asked.tunes.push([name, change]),
    note: (facts) => asked.notes.push(JSON.parse(JSON.stringify(facts))),
    media: { state: () => devices },
  }
  const steering = createSteering({ room, changed: (now) => asked.changes.push(now), wish })
  bus.tell('line', {})
  const hear = (seconds, level, reason) => {
    for (let second = 0; second < seconds; second++) bus.tell('quality', level, {}, reason)
  }
  return {
    bus,
    asked,
    devices,
    steering,
    hear,
    lastOf: (name) => asked.tunes.filter(([each]) => each === name).at(-1)?.[1],
  }
}

test('a new connection may send everything, and need not be told', async () => {
  const { bus, asked } = inRoom()
  bus.tell('state', CALM)
  await settle()
  assert.deepEqual(asked.tunes, [])
  assert.deepEqual(asked.notes.at(-1), {})
  assert.deepEqual(asked.changes.at(-1), { step: 'full', wish: '', held: '', theirs: '' })
})

test('step by step down to the sound alone, and the other is told why', async () => {
  const { bus, asked, hear, lastOf } = inRoom()
  bus.tell('state', CALM)
  hear(3, 'poor', 'upload')
  await settle()
  assert.equal(asked.changes.at(-1).step, 'bitrate')
  hear(9, 'poor', 'upload')
  await settle()
  assert.deepEqual(lastOf('camera'), { active: false })
  assert.equal(lastOf('screen').active, true)
  assert.deepEqual(asked.notes.at(-1), { camera: false, held: 'line' })
  hear(10, 'good', '')
  await settle()
  assert.equal(lastOf('camera').active, true)
  assert.deepEqual(asked.notes.at(-1), {})
})

test('sound only, by choice: nothing is sent and nothing is wanted', async () => {
  const { bus, asked, steering, lastOf } = inRoom()
  bus.tell('state', CALM)
  steering.wish('sound')
  await settle()
  assert.deepEqual(lastOf('camera'), { active: false })
  assert.deepEqual(asked.notes.at(-1), { camera: false, held: 'choice', sound_only: true })
  steering.wish('')
  await settle()
  assert.deepEqual([lastOf('camera').active, asked.notes.at(-1)], [true, {}])
})

test('who is asked for sound only sends no picture for as long as that lasts', async () => {
  const { bus, asked, lastOf } = inRoom()
  bus.tell('state', { ...CALM, peer: { media: { camera: false, held: 'choice', sound_only: true } } })
  await settle()
  assert.deepEqual(lastOf('camera'), { active: false })
  assert.deepEqual(asked.changes.at(-1), { step: 'full', wish: '', held: 'other', theirs: 'choice' })
  bus.tell('state', CALM)
  await settle()
  assert.equal(lastOf('camera').active, true)
})

test('a camera that is off is not called paused', async () => {
  const { bus, asked, devices, steering } = inRoom()
  devices.camera = false
  bus.tell('state', CALM)
  steering.wish('sound')
  await settle()
  assert.equal(asked.notes.at(-1).held, undefined)
  devices.camera = true
  bus.tell('media', {})
  assert.equal(asked.notes.at(-1).held, 'choice')
})

test('another connection is told anew what it may send', async () => {
  const { bus, asked } = inRoom({ wish: 'sound' })
  bus.tell('state', CALM)
  await settle()
  const before = asked.tunes.length
  bus.tell('state', { ...CALM, phase: 'reconnecting' })
  bus.tell('state', CALM)
  await settle()
  assert.equal(asked.tunes.length, before, 'nothing is said twice to the same')
  bus.tell('line', {})
  bus.tell('state', CALM)
  await settle()
  assert.deepEqual(asked.tunes.slice(before), [['camera', { active: false }]])
})

test('nothing is steered outside a call, nor after the end', async () => {
  const { bus, asked, hear, steering } = inRoom()
  hear(60, 'poor', 'upload')
  steering.close()
  bus.tell('state', CALM)
  await settle()
  assert.deepEqual([asked.tunes, asked.notes], [[], []])
})
