import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRoom } from '../../../frontend/js/room/room.js'
import { FakeConnection, fakeLive, settle } from './fakes.js'

globalThis.MediaStream = class {
  addTrack() {}
  removeTrack() {}
}

const HOUR = 3_600_000
const ICE = { ice_servers: [], expires_at: new Date(Date.now() + HOUR).toISOString() }

function entry() {
  const at = (ms) => new Date(Date.now() + ms).toISOString()
  const session = { starts_at: at(-60_000), status: 'live', duration_minutes: 60, price_paise: 0, title: '' }
  const told = { session, ends_at: at(HOUR), server_time: at(0), call_from: at(-HOUR), extended: 0 }
  return { ...told, role: 'learner', pass: 'pass', peer: { name: 'Asha' }, you: { name: 'Ravi' } }
}

/** A room whose door answers as told, or as `refuses` says. */
function page({ kept = null } = {}) {
  const live = fakeLive()
  const made = { live, asked: [], cameras: new Set(), calls: [], refuses: null, kept }
  const answers = { join: entry, ice: () => ICE }
  const api = {
    async post(path) {
      const place = path.split('/').at(-1)
      made.asked.push(place)
      await settle()
      if (made.refuses) throw made.refuses
      return answers[place]?.() ?? {}
    },
    get: async () => ({}),
  }
  const track = (kind) => {
    const found = { kind, getSettings: () => ({}), stop: () => made.cameras.delete(found) }
    made.cameras.add(found)
    return found
  }
  const devices = {
    enumerateDevices: async () => [],
    async getUserMedia(wanted) {
      await settle()
      const tracks = Object.keys(wanted).map(track)
      const of = (kind) => tracks.filter((each) => each.kind === kind)
      return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') }
    },
  }
  const memory = { read: () => made.kept, keep: (what) => (made.kept = what), forget: () => (made.kept = null) }
  const createCall = () => {
    const call = { close: () => made.calls.splice(made.calls.indexOf(call), 1), tell() {}, replace() {}, joined() {} }
    made.calls.push(call)
    return call
  }
  made.room = createRoom({
    id: 'ses_1',
    api,
    live,
    hardware: { devices, picture: { start: {} } },
    Connection: FakeConnection,
    newId: () => 'sid',
    memory,
    machinery: async () => ({ createCall, createPeer() {} }),
  })
  return made
}

async function inside() {
  const made = page()
  await made.room.start()
  await made.room.join()
  assert.deepEqual([made.calls.length, made.cameras.size], [1, 2])
  return made
}

const ENDED = Object.assign(new Error('over'), { code: 'ended', status: 409 })

test('a page loaded anew after the end leaves no camera on', async () => {
  const made = page({ kept: {} })
  made.refuses = ENDED
  await made.room.start()
  await settle()
  assert.deepEqual([made.room.state.phase, made.cameras.size], ['ended', 0])
  made.room.close()
})

test('coming back to a session that has ended meanwhile leaves no camera on', async () => {
  const made = await inside()
  made.room.leave()
  assert.deepEqual([made.calls.length, made.cameras.size], [0, 0])
  made.refuses = ENDED
  await made.room.join()
  await settle()
  assert.deepEqual([made.room.state.phase, made.cameras.size], ['ended', 0])
  made.room.close()
})

test('a second press on coming back makes no second call', async () => {
  const made = await inside()
  made.room.leave()
  await Promise.all([made.room.join(), made.room.join()])
  assert.deepEqual([made.room.state.phase, made.calls.length, made.cameras.size], ['joining', 1, 2])
  made.room.close()
})

test('whoever is put out is cut off as soon as the server has, and only then', async () => {
  const made = await inside()
  const told = []
  made.calls[0].peerLeft = (other) => told.push(other)
  made.refuses = Object.assign(new Error('away'), { status: 503 })
  await assert.rejects(made.room.remove())
  assert.deepEqual(told, [])
  made.refuses = null
  await made.room.remove()
  assert.deepEqual(told, [{ removed: true }])
  made.room.close()
})
