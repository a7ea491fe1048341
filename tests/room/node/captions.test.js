import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBus } from '../../../frontend/js/room/bus.js'
import { createHearing } from '../../../frontend/js/room/captions/hearing.js'
import { captionsPart } from '../../../frontend/js/room/captions/view.js'
import { fakeTimers } from './fakes.js'

/** A browser that can write what is said; the tests say it. */
function browser() {
  const made = []
  class Recognition {
    constructor() {
      made.push(this)
    }
    start() {
      this.started = true
    }
    stop() {
      this.started = false
    }
    speak(text, isFinal = false) {
      this.onresult({ results: [Object.assign([{ transcript: text }], { isFinal })], resultIndex: 0 })
    }
    end(error) {
      this.started = false
      if (error) this.onerror({ error })
      this.onend()
    }
  }
  return { Recognition, made, listening: () => made.filter(({ started }) => started).length }
}

function page() {
  const bus = createBus()
  const timers = fakeTimers()
  const machine = browser()
  const said = []
  const ours = { mic: true }
  const room = {
    on: bus.on,
    say: (kind, what) => said.push([kind, what]),
    state: {},
    media: { state: () => ours },
  }
  const part = captionsPart({ room, failed() {} }, { ...machine, timers, now: timers.now })
  part.$el = { dataset: { captions: '' } }
  part.init()
  const become = (phase) => bus.tell('state', { phase, peer: {} })
  become('in-call')
  const hear = (kind, what) => bus.tell('said', { kind, ...what })
  const mute = (yes) => {
    ours.mic = !yes
    bus.tell('media')
  }
  return { ...machine, part, become, hear, mute, said, timers, told: (kind) => said.filter(([each]) => each === kind) }
}

function writing() {
  const made = page()
  made.hear('captions-wanted', { yes: true })
  made.part.write(true)
  assert.equal(made.listening(), 1)
  return made
}

test('nothing is written while the microphone is off', () => {
  const { mute, listening } = writing()
  mute(true)
  assert.equal(listening(), 0)
  mute(false)
  assert.equal(listening(), 1)
})

test('nothing is written once one has left, nor before the other is there', async () => {
  const { become, listening, timers, part } = writing()
  become('reconnecting')
  assert.equal(listening(), 1)
  become('waiting')
  assert.equal(listening(), 0)
  become('in-call')
  assert.equal(listening(), 1)
  become('left')
  await timers.pass(60_000)
  assert.deepEqual([listening(), part.writes], [0, false])
})

test('one who would rather not is not asked again whenever something changes', () => {
  const { part, become, hear, told } = page()
  part.toggle()
  for (let i = 0; i < 3; i++) become('in-call')
  assert.equal(told('captions-wanted').length, 1)
  hear('captions', { word: 'off' })
  become('reconnecting')
  become('in-call')
  assert.equal(told('captions-wanted').length, 1)
})

test('a page that comes back in place of the one that wrote is asked again', () => {
  const { part, become, hear, told } = page()
  part.toggle()
  hear('captions', { word: 'on' })
  become('waiting')
  become('in-call')
  assert.deepEqual(told('captions-wanted').at(-1), ['captions-wanted', { yes: true }])
  assert.equal(told('captions-wanted').length, 2)
})

test('who writes for a page that does not want it is told to stop', () => {
  const { hear, said } = page()
  hear('caption', { text: 'hello', final: false })
  assert.deepEqual(said, [['captions-wanted', { yes: false }]])
})

test('a line that grows is told twice a second at most, and its end always', async () => {
  const { made, timers, told } = writing()
  for (let i = 0; i < 20; i++) {
    made[0].speak(`so far ${i}`)
    await timers.pass(100)
  }
  assert.ok(told('caption').length <= 4)
  await timers.pass(600)
  assert.equal(told('caption').at(-1)[1].text, 'so far 19')
  made[0].speak('that is nearly')
  made[0].speak('that is all', true)
  await timers.pass(2000)
  assert.deepEqual(told('caption').at(-1)[1], { text: 'that is all', final: true })
})

test('a line that is never finished goes by itself', async () => {
  const { part, hear, timers } = page()
  part.toggle()
  hear('caption', { text: 'and', final: false })
  hear('caption', { text: 'and then', final: false })
  assert.deepEqual(
    part.lines.map(({ text }) => text),
    ['and then'],
  )
  await timers.pass(9000)
  assert.deepEqual(part.lines, [])
})

test('recognition that ends is begun again, once; one that never works is given up', async () => {
  const { Recognition, made, listening } = browser()
  const timers = fakeTimers()
  let failures = 0
  const news = { heard() {}, failed: () => failures++ }
  const hearing = createHearing({ Recognition, language: 'en', news, timers })
  hearing.start()
  hearing.stop()
  hearing.start()
  for (const each of [...made]) each.end()
  await timers.pass(1000)
  assert.deepEqual([made.length, listening()], [3, 1])
  for (let i = 0; i < 9; i++) {
    made.at(-1).end('network')
    await timers.pass(60_000)
  }
  assert.deepEqual([failures, made.length], [1, 6])
})
