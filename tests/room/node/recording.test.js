import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBus } from '../../../frontend/js/room/bus.js'
import { createPieces, fitted, frames } from '../../../frontend/js/room/recording/pieces.js'
import { startRecorder } from '../../../frontend/js/room/recording/recorder.js'
import { recordingPart } from '../../../frontend/js/room/recording/view.js'
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

/** A recorder that writes when told. */
class FakeRecorder {
  static isTypeSupported = (type) => type.startsWith('video/webm')
  static last = null
  constructor() {
    FakeRecorder.last = this
    this.state = 'inactive'
  }
  start() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
    this.onstop()
  }
  write(size) {
    this.ondataavailable({ data: blob(size) })
  }
}

async function recording({ Recorder = FakeRecorder, refused } = {}) {
  const told = { lost: 0, broke: 0, waiting: [], closed: 0 }
  const api = {
    async post(path) {
      if (path.endsWith('/recordings')) return { recording_id: 'rec_1', smallest_part: 10 }
      if (refused) throw Object.assign(new Error('gone'), { status: refused })
      return { url: 'put' }
    },
  }
  const news = { waiting: (bytes) => told.waiting.push(bytes), lost: () => told.lost++, broke: () => told.broke++ }
  const makeMixer = () => ({ stream: {}, close: () => told.closed++ })
  const started = startRecorder({ session: 'ses_1', api, put: async () => 'etag', Recorder, makeMixer, news })
  return { told, made: await started.catch((error) => error) }
}

test('a recording that storage refuses for good is told once, and piles up nothing', async () => {
  const { told } = await recording({ refused: 410 })
  for (let i = 0; i < 5; i++) {
    FakeRecorder.last.write(20)
    await settle()
  }
  assert.equal(told.lost, 1)
  assert.equal(told.waiting.at(-1), 0)
})

test('a recorder that ends by itself is told of, one that is stopped is not', async () => {
  const { told, made } = await recording()
  made.stop()
  assert.deepEqual([told.broke, told.closed], [0, 1])
  const other = await recording()
  FakeRecorder.last.stop()
  assert.deepEqual([other.told.broke, other.told.closed], [1, 1])
})

test('a recorder that cannot be made leaves no mixer at work', async () => {
  class Broken extends FakeRecorder {
    constructor() {
      super()
      throw new Error('NotSupportedError')
    }
  }
  const { told, made } = await recording({ Recorder: Broken })
  assert.deepEqual([made.message, told.closed], ['NotSupportedError', 1])
})

test('whoever asked in a browser that cannot record stops it for both, in words', async () => {
  const bus = createBus()
  const posts = []
  const api = { post: async (path, body) => (posts.push([path, body]), { state: 'stopped', by: 'learner' }) }
  const part = recordingPart({ room: { id: 'ses_1', api, on: bus.on, hear: bus.on }, failed() {} })
  Object.assign(part, { first: true, inCall: true, role: 'learner', recording: { state: 'on', by: 'mentor' } })
  assert.equal(part.able, false)
  await part.write()
  assert.deepEqual(posts, [['/rooms/ses_1/recording', { wish: 'stop' }]])
  assert.equal(part.on, false)
})
