import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMedia } from '../../../frontend/js/room/media.js'
import { settle } from './fakes.js'

globalThis.MediaStream = class {
  tracks = []
  addTrack = (track) => this.tracks.push(track)
  removeTrack = (track) => (this.tracks = this.tracks.filter((each) => each !== track))
}

const MINE = { audio: ['built in', 'headset'], video: ['webcam', 'other'] }
const KIND = { audio: 'audioinput', video: 'videoinput' }

/** A machine with two of each; `busy` names those that another program holds. */
function machine() {
  const live = new Set()
  const handlers = {}
  const made = { live, asked: [], busy: new Set(), gone: new Set(), handlers, sharpened: 0 }
  const there = (kind) => MINE[kind].filter((id) => !made.gone.has(id))
  function track(kind, { deviceId }) {
    const [id] = deviceId ? there(kind).filter((each) => each === deviceId.exact) : there(kind)
    if (!id) throw Object.assign(new Error(''), { name: deviceId ? 'OverconstrainedError' : 'NotFoundError' })
    if (made.busy.has(id)) throw Object.assign(new Error(''), { name: 'NotReadableError' })
    const found = { kind, id, enabled: true, getSettings: () => ({ deviceId: id }) }
    found.applyConstraints = async () => made.sharpened++
    found.stop = () => live.delete(found)
    return found
  }
  made.devices = {
    addEventListener: (type, handler) => (handlers[type] = handler),
    removeEventListener: (type) => delete handlers[type],
    enumerateDevices: async () =>
      ['audio', 'video'].flatMap((kind) =>
        there(kind).map((id) => ({ kind: KIND[kind], deviceId: live.size ? id : '', label: id })),
      ),
    async getUserMedia(wanted) {
      made.asked.push(Object.keys(wanted).join())
      await made.slow
      const tracks = Object.entries(wanted).map(([kind, how]) => track(kind, how))
      for (const each of tracks) live.add(each)
      const of = (kind) => tracks.filter((each) => each.kind === kind)
      return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') }
    },
  }
  return made
}

async function opened(kept = {}) {
  const made = machine()
  const sent = []
  const told = []
  const news = { track: (name, track) => sent.push([name, track?.id ?? null]), changed: (now) => told.push(now) }
  const media = createMedia({ devices: made.devices, picture: { start: {}, sharp: {} }, kept, news })
  await media.open()
  await settle()
  return { ...made, made, media, sent, told }
}

test('whoever is heard is never shown to be muted: a microphone that cannot be had takes the place of none', async () => {
  const { media, busy, live, told } = await opened()
  const heard = () => [...live].some(({ kind, enabled }) => kind === 'audio' && enabled)
  busy.add('headset')
  await media.choose('mic', 'headset')
  assert.equal(media.state().mic, false)
  assert.equal(heard(), false)
  assert.equal(told.at(-1).word.mic, 'busy')
})

test('a preferred microphone that comes back but is busy leaves the one in use alone', async () => {
  const { media, made, handlers, live, told } = await opened({ micId: 'headset' })
  made.gone.add('headset')
  ;[...live].find(({ id }) => id === 'headset').onended()
  await settle()
  assert.equal(told.at(-1).chosen.mic, 'built in')
  made.gone.clear()
  made.busy.add('headset')
  await handlers.devicechange()
  assert.deepEqual([media.state().mic, told.at(-1).word.mic], [true, 'on'])
  assert.ok([...live].some(({ id }) => id === 'built in'))
})

test('a camera chosen while it is off stays off, and is the one that is switched on later', async () => {
  const { media, asked, sent, told } = await opened()
  await media.show(false)
  const before = [asked.length, sent.length]
  await media.choose('camera', 'other')
  assert.deepEqual([asked.length, sent.length], before)
  assert.equal(told.at(-1).chosen.camera, 'other')
  await media.show(true)
  assert.deepEqual(sent.at(-1), ['camera', 'other'])
})

test('leaving lets go of every device, and whoever plays or measures them hears of it', async () => {
  const { media, live, sent } = await opened()
  media.stop()
  assert.equal(live.size, 0)
  assert.deepEqual(sent.slice(-2), [
    ['audio', null],
    ['camera', null],
  ])
})

test('a device that is granted only after one has left is let go of at once', async () => {
  const { media, made, live } = await opened()
  media.stop()
  let answer
  made.slow = new Promise((done) => (answer = done))
  const opening = media.open()
  media.stop()
  answer()
  await opening
  assert.equal(live.size, 0)
})

test('a microphone switched on by one who came to listen brings the names of all', async () => {
  const { media, told, asked } = await opened({ mic: false, camera: false, listen: true })
  assert.deepEqual(asked, [])
  await media.mute(false)
  assert.deepEqual([told.at(-1).way, media.state().mic], ['sound', true])
  assert.deepEqual(
    told.at(-1).lists.mic.map(({ id }) => id),
    MINE.audio,
  )
})

test('asking again asks only for what is missing', async () => {
  const { media, made, asked } = await opened()
  made.busy.add('webcam')
  await media.show(false)
  await media.show(true)
  assert.equal(media.snapshot().word.camera, 'busy')
  made.busy.clear()
  asked.length = 0
  await media.open()
  assert.deepEqual(asked, ['video'])
  assert.equal(media.snapshot().word.camera, 'on')
})

test('on a good line a camera that is switched on again is as sharp as before', async () => {
  const { media, made } = await opened()
  media.sharpen()
  await media.show(false)
  await media.show(true)
  assert.equal(made.sharpened, 2)
})

test('a device unplugged while muted comes back muted', async () => {
  const { media, made, live } = await opened()
  await media.mute(true)
  made.gone.add('built in')
  ;[...live].find(({ kind }) => kind === 'audio').onended()
  await settle()
  assert.deepEqual(
    [...live].filter(({ kind }) => kind === 'audio').map(({ id, enabled }) => [id, enabled]),
    [['headset', false]],
  )
  assert.equal(media.state().mic, false)
})

test('who chooses only to listen while the browser still asks is neither kept waiting nor seen', async () => {
  const made = machine()
  let answer
  made.slow = new Promise((done) => (answer = done))
  const sent = []
  const news = { track: (name, track) => track && sent.push(name), changed() {} }
  const media = createMedia({ devices: made.devices, picture: { start: {} }, news })
  const opening = media.open()
  await media.come('listen')
  assert.deepEqual(media.snapshot().word, { mic: 'unused', camera: 'off' })
  answer()
  await opening
  assert.deepEqual([made.live.size, sent], [0, []])
  assert.deepEqual(media.snapshot().word, { mic: 'unused', camera: 'off' })
})
