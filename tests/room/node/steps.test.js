import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, next, SOUND, STEPS } from '../../../frontend/js/room/steps.js'

const GOOD = { level: 'good', reason: '' }
const POOR = { level: 'poor', reason: 'upload' }
const FAIR = { level: 'fair', reason: 'upload' }

/** So many seconds of one kind. */
const hear = (state, seconds, what) =>
  Array.from({ length: seconds }).reduce((now) => next(now, { type: 'heard', ...what }), state)
const word = (state) => STEPS[state.at].word

test('the steps let through less and less: bits, pixels, frames, and in the end the sound alone', () => {
  assert.deepEqual(
    STEPS.map((each) => each.word),
    ['full', 'bitrate', 'resolution', 'rate', 'sound'],
  )
  const bits = STEPS.slice(0, SOUND).map(({ camera }) => camera.maxBitrate)
  assert.deepEqual(
    bits,
    bits.toSorted((a, b) => b - a),
  )
  assert.equal(STEPS[SOUND].camera.active, false)
})

test('a shared screen keeps its size and its life at every step, and moves less often', () => {
  for (const { screen } of STEPS) assert.deepEqual([screen.active, screen.scaleResolutionDownBy], [true, 1])
  const rates = STEPS.map(({ screen }) => screen.maxFramerate)
  assert.ok(rates.every((rate, index) => !index || rate < rates[index - 1]))
})

test('three weak seconds are a step down, two are a hiccup', () => {
  assert.equal(word(hear(begin, 2, POOR)), 'full')
  assert.equal(word(hear(hear(begin, 2, POOR), 1, GOOD)), 'full')
  assert.equal(word(hear(begin, 3, POOR)), 'bitrate')
  assert.equal(word(hear(begin, 6, POOR)), 'resolution')
  assert.equal(word(hear(begin, 30, POOR)), 'sound')
})

test('what is only fair steps down later', () => {
  assert.equal(word(hear(begin, 7, FAIR)), 'full')
  assert.equal(word(hear(begin, 8, FAIR)), 'bitrate')
})

test('nothing is sent less of for what is no fault of our sending', () => {
  for (const reason of ['theirs', 'relay', 'far', 'silence'])
    assert.equal(word(hear(begin, 60, { level: 'poor', reason })), 'full', reason)
})

test('a busy computer gets fewer pixels at once', () => {
  assert.equal(word(hear(begin, 8, { level: 'fair', reason: 'computer' })), 'resolution')
})

test('up again one by one, after ten good seconds each', () => {
  const low = hear(begin, 6, POOR)
  assert.equal(word(hear(low, 9, GOOD)), 'resolution')
  assert.equal(word(hear(low, 10, GOOD)), 'bitrate')
  assert.equal(word(hear(low, 20, GOOD)), 'full')
  assert.equal(word(hear(low, 300, GOOD)), 'full')
})

test('trouble that is not ours does not keep us down', () => {
  assert.equal(word(hear(hear(begin, 3, POOR), 10, { level: 'poor', reason: 'theirs' })), 'full')
})

test('a step up that was too much is tried again later and later', () => {
  let state = hear(begin, 3, POOR)
  for (const patience of [10, 20, 40, 80, 80]) {
    assert.equal(word(hear(state, patience - 1, GOOD)), 'bitrate', `before ${patience} s`)
    state = hear(state, patience, GOOD)
    assert.equal(word(state), 'full', `after ${patience} s`)
    state = hear(state, 3, POOR)
    assert.equal(word(state), 'bitrate')
  }
})

test('a minute without trouble clears what went before', () => {
  let state = hear(hear(hear(begin, 3, POOR), 10, GOOD), 3, POOR)
  assert.equal(state.patience, 20)
  state = hear(state, 20 + 61, GOOD)
  assert.deepEqual([word(state), state.patience], ['full', 10])
})

test('an outage teaches nothing: neither down nor up', () => {
  const low = hear(hear(begin, 3, POOR), 9, GOOD)
  assert.equal(word(hear(low, 60, { level: 'lost', reason: 'silence' })), 'bitrate')
  assert.equal(word(hear(hear(low, 1, { level: 'lost', reason: 'silence' }), 9, GOOD)), 'bitrate')
})

test('who wants pictures keeps a small one, whatever the line says', () => {
  const silent = hear(begin, 12, POOR)
  assert.equal(word(silent), 'sound')
  const shown = next(silent, { type: 'wished', wish: 'picture' })
  assert.equal(word(shown), 'rate')
  assert.equal(word(hear(shown, 60, POOR)), 'rate')
  assert.equal(word(hear(next(shown, { type: 'wished', wish: '' }), 3, POOR)), 'sound')
})

test('a wish for sound alone leaves the steps as they are, for when it ends', () => {
  const low = hear(begin, 3, POOR)
  const silent = next(low, { type: 'wished', wish: 'sound' })
  assert.deepEqual([silent.at, silent.wish], [low.at, 'sound'])
})

test('weak seconds with a better one in between add up, seldom ones do not', () => {
  const often = [POOR, POOR, GOOD, POOR, POOR].reduce((state, what) => hear(state, 1, what), begin)
  assert.equal(word(often), 'bitrate')
  const seldom = Array.from({ length: 30 }).reduce((state) => hear(hear(state, 1, POOR), 2, GOOD), begin)
  assert.equal(word(seldom), 'full')
})
