import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFreshness } from '../../../frontend/js/freshness.js'

function page() {
  const clock = { time: 1000, now: () => clock.time }
  const words = []
  return { clock, words, freshness: createFreshness({ told: ({ word, asOf }) => words.push([word, asOf]), clock }) }
}
const turn = () => new Promise((done) => setImmediate(done))

/** A promise and what settles it. */
function work() {
  let done, fail
  const promise = new Promise((resolve, reject) => ([done, fail] = [resolve, reject]))
  return { promise, done, fail }
}

test('a page that wants no line says nothing of how fresh it is', () => {
  const { freshness, words } = page()
  freshness.lost()
  assert.deepEqual([freshness.word, freshness.asOf, words], ['off', null, []])
})

test('with the line open, what is shown is as of when it was last heard', async () => {
  const { clock, freshness } = page()
  freshness.begun()
  await freshness.welcomed(() => [])
  clock.time = 5000
  freshness.heard()
  clock.time = 9000
  freshness.lost()
  assert.deepEqual([freshness.word, freshness.asOf], ['stale', 5000])
})

test('back on the line it is still catching up, and fresh only when everything was asked for anew', async () => {
  const { clock, freshness, words } = page()
  freshness.begun()
  await freshness.welcomed(() => [])
  freshness.lost()
  const [one, other] = [work(), work()]
  clock.time = 7000
  freshness.welcomed(() => [one.promise, undefined, other.promise])
  clock.time = 8000
  freshness.heard()
  one.done()
  await turn()
  assert.deepEqual([freshness.word, freshness.asOf], ['catching-up', 1000])
  other.fail(new Error('no answer'))
  await turn()
  assert.deepEqual([freshness.word, freshness.asOf], ['live', 7000])
  assert.deepEqual(
    words.map(([word]) => word),
    ['live', 'stale', 'catching-up', 'live'],
  )
})

test('a line that is lost again while catching up leaves it stale', async () => {
  const { freshness } = page()
  freshness.begun()
  await freshness.welcomed(() => [])
  freshness.lost()
  const slow = work()
  freshness.welcomed(() => [slow.promise])
  freshness.lost()
  slow.done()
  await turn()
  assert.equal(freshness.word, 'stale')
})

test('a first line that never comes makes what was loaded stale, as of when that was', () => {
  const { clock, freshness } = page()
  freshness.begun()
  clock.time = 6000
  freshness.lost()
  assert.deepEqual([freshness.word, freshness.asOf], ['stale', 1000])
})

test('on the line, but without what was to be fetched, it is as of before', async () => {
  const { clock, freshness, words } = page()
  freshness.begun()
  const asking = freshness.welcomed(() => [])
  freshness.missed()
  assert.equal(await asking, false)
  assert.deepEqual([freshness.word, freshness.asOf], ['catching-up', 1000])
  clock.time = 4000
  assert.equal(await freshness.welcomed(() => []), true)
  freshness.missed()
  assert.deepEqual([freshness.word, freshness.asOf], ['catching-up', 4000])
  assert.deepEqual(
    words.map(([word]) => word),
    ['catching-up', 'live', 'catching-up'],
  )
})
