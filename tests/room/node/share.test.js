import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShare } from '../../../frontend/js/room/share.js'

const trackOf = (kind) => ({ kind, stopped: false, stop() { this.stopped = true } }) // prettier-ignore

function someone(answer) {
  const told = []
  const news = { track: (name, track) => told.push([name, track?.kind ?? null]), changed: () => told.push('changed') }
  return { told, share: createShare({ devices: { getDisplayMedia: answer }, news }) }
}

const streamOf = (...tracks) => ({
  getTracks: () => tracks,
  getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
})
const refusal = (name, message = '') => Object.assign(new Error(message), { name })

test('a screen and its sound go out, sharp rather than smooth', async () => {
  const video = trackOf('video')
  const { share, told } = someone(async () => streamOf(video, trackOf('audio')))
  assert.equal(await share.start(), true)
  assert.deepEqual([share.on, video.contentHint], [true, 'detail'])
  assert.deepEqual(told, [['screen', 'video'], ['sound', 'audio'], 'changed'])
})

test('stopping it in the browser’s own bar stops it here', async () => {
  const video = trackOf('video')
  const { share, told } = someone(async () => streamOf(video))
  await share.start()
  video.onended()
  assert.deepEqual([share.on, video.stopped, share.tracks()], [false, true, { screen: null, sound: null }])
  assert.deepEqual(told.slice(-3), [['screen', null], ['sound', null], 'changed'])
})

test('a change of mind is no fault, what the machine forbids is', async () => {
  const { share, told } = someone(() => Promise.reject(refusal('NotAllowedError', 'Permission denied')))
  assert.equal(await share.start(), false)
  assert.deepEqual(told, [])
  const barred = someone(() => Promise.reject(refusal('NotAllowedError', 'Permission denied by system')))
  await assert.rejects(barred.share.start())
})

test('what was chosen after the call was left is let go of', async () => {
  const video = trackOf('video')
  const { share } = someone(async () => streamOf(video))
  await share.start(() => false)
  assert.deepEqual([share.on, video.stopped], [false, true])
})

test('one question at a time', async () => {
  let asked = 0
  let answer
  const { share } = someone(() => (asked++, new Promise((resolve) => (answer = resolve))))
  const first = share.start()
  assert.equal(await share.start(), false)
  answer(streamOf(trackOf('video')))
  await first
  assert.equal(asked, 1)
})
