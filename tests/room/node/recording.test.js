import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPieces, fitted, frames } from '../../../frontend/js/room/recording/pieces.js'
import { createUpload } from '../../../frontend/js/room/recording/upload.js'
import { fakeTimers, settle } from './fakes.js'

const blob = (size) => new Blob(['x'.repeat(size)], { type: 'video/webm' })

test('parts have at least the size that storage takes, the last may be smaller, and nothing is lost', () => {
  const parts = []
  const pieces = createPieces({ smallest: 100, part: (part) => parts.push(part.size) })
  for (const size of [60, 30, 0, 50, 99, 1, 20]) pieces.add(blob(size))
  assert.deepEqual(parts, [140, 100])
  pieces.end()
  pieces.end()
  assert.deepEqual(parts, [140, 100, 20])
})

test('a shared screen is large with the faces beside it, else the faces share the frame', () => {
  const shown = (theirScreen, theirs, ours, ourScreen = false) => ({
    theirs: { screen: theirScreen, camera: theirs },
    ours: { screen: ourScreen, camera: ours },
  })
  const where = (...of) => frames(shown(...of), 1000, 500).map(({ side, what, width }) => [side, what, width])
  assert.deepEqual(where(false, true, true), [
    ['theirs', 'camera', 500],
    ['ours', 'camera', 500],
  ])
  assert.deepEqual(where(true, true, true, true), [
    ['theirs', 'screen', 800],
    ['theirs', 'camera', 200],
    ['ours', 'camera', 200],
  ])
  assert.deepEqual(where(false, false, false, true), [['ours', 'screen', 1000]])
  assert.deepEqual(where(false, false, false), [])
})

test('a picture keeps its sides in its frame, and one that has none yet is not drawn', () => {
  const frame = { x: 100, y: 0, width: 400, height: 400 }
  assert.deepEqual(fitted(frame, { width: 1600, height: 800 }), { x: 100, y: 100, width: 400, height: 200 })
  assert.equal(fitted(frame, { width: 0, height: 0 }), null)
})

function upload(answers = {}) {
  const timers = fakeTimers()
  const log = []
  const refuse = (what) => {
    const next = answers[what]?.shift()
    if (next) throw Object.assign(new Error(`refused ${next}`), { status: next === 'cut' ? 0 : next })
  }
  const made = createUpload({
    id: 'rec_1',
    api: {
      async post(path, body) {
        refuse(path.endsWith('/done') ? 'done' : 'parts')
        log.push([path, body])
        return { url: `put/${body.number}` }
      },
    },
    put: async (url) => (refuse('put'), `etag of ${url}`),
    news: { waiting: (bytes) => log.push(['waiting', bytes]), lost: (words) => log.push(['lost', words]) },
    timers,
  })
  const told = (path) => log.filter(([each]) => each === path).map(([, what]) => what)
  return { made, timers, told }
}

test('parts go one after the other, and the end says which', async () => {
  const { made, told } = upload()
  made.add(blob(10))
  made.add(blob(20))
  made.end(42)
  await settle()
  assert.deepEqual(told('/recordings/rec_1/parts'), [
    { number: 1, bytes: 10 },
    { number: 2, bytes: 20 },
  ])
  const parts = [1, 2].map((number) => ({ number, etag: `etag of put/${number}` }))
  assert.deepEqual(told('/recordings/rec_1/done'), [{ parts, seconds: 42 }])
  assert.equal(told('waiting').at(-1), 0)
  assert.ok(made.over)
})

test('a lost network costs time and nothing else', async () => {
  const { made, timers, told } = upload({ parts: ['cut'], put: [503, 'cut'], done: ['cut'] })
  made.add(blob(10))
  await settle()
  made.end(5)
  assert.equal(told('waiting').at(-1), 10)
  await timers.pass(20_000)
  assert.deepEqual(told('/recordings/rec_1/done'), [{ parts: [{ number: 1, etag: 'etag of put/1' }], seconds: 5 }])
  assert.deepEqual(told('lost'), [])
})

test('what can never arrive is given up and said', async () => {
  const { made, timers, told } = upload({ parts: [409] })
  made.add(blob(10))
  await settle()
  made.add(blob(10))
  await timers.pass(60_000)
  assert.deepEqual(told('lost'), ['refused 409'])
  assert.ok(made.over)
})
