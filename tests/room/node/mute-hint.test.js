import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMuteHint, createTalking } from '../../../frontend/js/room/stage/mute-hint.js'
import { fakeTimers } from './fakes.js'

const times = (count, work) => Array.from({ length: count }, work).at(-1)

function muted() {
  const timers = fakeTimers()
  const shown = []
  const copies = []
  const track = {
    readyState: 'live',
    clone() {
      const copy = { enabled: false, stop: () => (copy.stopped = true) }
      copies.push(copy)
      return copy
    },
  }
  let hear
  const makeLevel = (heard) => ((hear = heard), { follow() {}, wake() {}, close() {} })
  const hint = createMuteHint({ makeLevel, show: (yes) => shown.push(yes), timers })
  return { hint, track, copies, shown, timers, speak: (loud, count) => times(count, () => hear(loud)) }
}

test('speech is some loud moments among the last, not one bang', () => {
  const talking = createTalking()
  assert.equal(talking.hear(0.9), false)
  assert.equal(
    times(11, () => talking.hear(0.1)),
    false,
  )
  assert.equal(
    times(5, () => talking.hear(0.6)),
    true,
  )
})

test('one who speaks while muted is told so for a few seconds, and again if they go on', async () => {
  const { hint, track, copies, shown, timers, speak } = muted()
  hint.follow(track, true)
  assert.equal(copies[0].enabled, true)
  speak(0.7, 6)
  assert.deepEqual(shown, [true])
  await timers.pass(6000)
  assert.deepEqual(shown, [true, false])
  speak(0.7, 6)
  assert.equal(shown.at(-1), true)
})

test('unmuted, the copy is let go of and the hint with it', () => {
  const { hint, track, copies, shown, speak } = muted()
  hint.follow(track, true)
  speak(0.7, 6)
  hint.follow(track, false)
  assert.deepEqual([copies[0].stopped, shown.at(-1)], [true, false])
  hint.follow(null, true)
  assert.equal(copies.length, 1)
})
