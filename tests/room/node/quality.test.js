import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figures, judge } from '../../../frontend/js/room/quality/judging.js'
import { createQuality } from '../../../frontend/js/room/quality/listening.js'
import { read } from '../../../frontend/js/room/quality/reading.js'
import { fakeTimers } from './fakes.js'
import { reported, reportedByFirefox } from './reports.js'

/** Six seconds, each adding `change` to what the one before had counted. */
function seconds(change = {}, start = {}) {
  let sums = { ...start }
  return Array.from({ length: 6 }, (_, second) => {
    for (const [name, value] of Object.entries(change)) sums[name] = (sums[name] ?? 0) + value
    return read(reported({ ...sums, second }))
  })
}
const verdict = (change, start) => judge(seconds(change, start))

test('a line without fault is excellent, and has no reason', () => {
  assert.deepEqual(verdict(), { level: 'excellent', reason: '' })
})

test('nothing that arrives for two seconds is none at all', () => {
  const still = seconds().map((sample) => ({ ...sample, bytes: 5000 }))
  assert.deepEqual(judge(still), { level: 'lost', reason: 'silence' })
})

test('the first seconds are called good: nothing is known yet', () => {
  assert.deepEqual(judge(seconds({ lost: 500 }).slice(0, 3)), { level: 'good', reason: '' })
})

test('what arrives with gaps is theirs, in steps', () => {
  assert.deepEqual(verdict({ lost: 1 }), { level: 'good', reason: '' })
  assert.deepEqual(verdict({ lost: 5 }), { level: 'fair', reason: 'theirs' })
  assert.deepEqual(verdict({ lost: 20 }), { level: 'poor', reason: 'theirs' })
  assert.deepEqual(verdict({ frozen: 0.5 }), { level: 'poor', reason: 'theirs' })
})

test('what the other misses of ours is our upload', () => {
  assert.deepEqual(verdict({}, { missing: 0.05 }), { level: 'fair', reason: 'upload' })
  assert.deepEqual(verdict({}, { missing: 0.2 }), { level: 'poor', reason: 'upload' })
})

test('a report of what they miss holds until the next, but not for a picture that is no longer sent', () => {
  const samples = seconds({}, { missing: 0.2 })
  samples.forEach((sample) => (sample.streams[8] = { packets: 500, missing: 1 }))
  assert.ok(Math.abs(figures(samples).out.loss - 0.2) < 1e-9)
})

test('a picture kept small by the line is our upload, if the line is really narrow', () => {
  assert.deepEqual(verdict({ narrow: 1 }, { available: 90_000 }), { level: 'poor', reason: 'upload' })
  assert.deepEqual(verdict({ narrow: 1 }, { available: 300_000 }), { level: 'fair', reason: 'upload' })
  assert.deepEqual(verdict({ narrow: 1 }, { available: 900_000 }), { level: 'excellent', reason: '' })
  assert.deepEqual(verdict({ narrow: 0.2 }, { available: 90_000 }), { level: 'excellent', reason: '' })
})

test('a picture kept small by a busy computer is the computer', () => {
  assert.deepEqual(verdict({ busy: 1 }), { level: 'fair', reason: 'computer' })
})

test('gaps both ways, or an uneven pace, are an unsteady line', () => {
  assert.deepEqual(verdict({ lost: 20 }, { missing: 0.05 }), { level: 'poor', reason: 'unsteady' })
  assert.deepEqual(verdict({}, { jitter: 0.08 }), { level: 'fair', reason: 'unsteady' })
})

test('a long way is the relay where there is one, else the distance', () => {
  assert.deepEqual(verdict({}, { rtt: 0.4, relayed: true }), { level: 'fair', reason: 'relay' })
  assert.deepEqual(verdict({}, { rtt: 0.7 }), { level: 'poor', reason: 'far' })
})

test('a worse trouble is named before a lesser one', () => {
  assert.deepEqual(verdict({}, { missing: 0.2, rtt: 0.4 }), { level: 'poor', reason: 'upload' })
})

test('the figures are of the last seconds, not of all that went before', () => {
  const found = figures(seconds({ lost: 5 }, { lost: 10_000, rtt: 0.05 }))
  assert.ok(Math.abs(found.in.loss - 25 / 525) < 1e-9)
  assert.deepEqual([found.rtt, found.in.rate, found.out.rate], [0.05, 800_000, 400_000])
  assert.deepEqual([found.in.width, found.in.height, found.in.fps], [640, 480, 30])
})

test('the camera that was off and is on again was not frozen', async () => {
  const timers = fakeTimers()
  const heard = []
  let second = 0
  const sums = {}
  const quality = createQuality({
    stats: async () => reported({ ...sums, second: second++ }),
    hear: (what) => heard.push(what),
    timers,
  })
  quality.start()
  await timers.pass(6000)
  quality.excuse()
  sums.frozen = 4
  await timers.pass(5000)
  assert.ok(heard.slice(4).every(({ level }) => level === 'excellent'))
  sums.frozen = 8
  await timers.pass(1000)
  assert.equal(heard.at(-1).level, 'poor', 'later on it counts')
  quality.stop()
  assert.equal(timers.pending, 0)
})

test('without a connection nothing is said, and a new one counts anew', async () => {
  const timers = fakeTimers()
  const heard = []
  let report = null
  const quality = createQuality({ stats: async () => report, hear: (what) => heard.push(what), timers })
  quality.start()
  await timers.pass(3000)
  assert.equal(heard.length, 0)
  report = reported({ second: 1 })
  await timers.pass(1000)
  assert.equal(heard.at(-1).level, 'good')
  quality.stop()
})

test('a browser that tells nothing of the path, or not what it carried, is not taken for silent', () => {
  for (const path of [null, { selectedCandidatePairId: 'P' }]) {
    const samples = [0, 1, 2, 3, 4].map((second) => read(reportedByFirefox({ second, relayed: true }, path)))
    assert.deepEqual(judge(samples), { level: 'excellent', reason: '' })
    assert.ok(samples.every(({ bytes }, at) => !at || bytes > samples[at - 1].bytes))
    assert.deepEqual([samples[4].rtt, samples[4].relayed], [0.08, true])
  }
})
