// The camera and microphone: asked for, chosen, switched off and on, and followed as they are plugged in and out.

import { ask, wordFor } from './permission.js'

const KINDS = { mic: 'audio', camera: 'video' }
const TRACK = { mic: 'audio', camera: 'camera' }

/**
 * `devices` is navigator.mediaDevices (or nothing); `picture` has constraints to `start` with and, where the machine is
 * up to it, `sharp` ones for a good line. `news` hears changed(snapshot) and track(name, track).
 * Per kind one word: off, opening, on, denied, none, busy, failed.
 */
export function createMedia({ devices, permissions, picture = {}, kept = {}, news }) {
  const stream = new MediaStream()
  const streams = { face: stream, shown: new MediaStream() }
  const wanted = { mic: kept.mic ?? true, camera: kept.camera ?? true }
  const chosen = { mic: kept.micId ?? '', camera: kept.cameraId ?? '' }
  const word = { mic: 'off', camera: 'off' }
  const track = { mic: null, camera: null }
  let lists = { mic: [], camera: [], speaker: [] }
  let closed = false

  const constraints = (kind, id = chosen[kind]) => ({
    ...(kind === 'camera' ? picture.start : { echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
    ...(id && { deviceId: { exact: id } }),
  })

  const snapshot = () => ({ word: { ...word }, lists, chosen: { ...chosen }, state: state() })
  const state = () => ({ mic: word.mic === 'on' && wanted.mic, camera: word.camera === 'on', screen: false })
  const tell = () => !closed && news.changed(snapshot())

  /** Both in one question, so that the browser asks once; then each alone, so that one failing spares the other. */
  async function open() {
    const kinds = Object.keys(KINDS).filter((kind) => kind === 'mic' || wanted[kind])
    closed = false
    if (kinds.length === 1) return openOne('mic').then(relist)
    for (const kind of kinds) word[kind] = 'opening'
    tell()
    try {
      adopt(await ask(devices, Object.fromEntries(kinds.map((kind) => [KINDS[kind], constraints(kind)]))), kinds)
    } catch (error) {
      for (const kind of kinds) await openOne(kind, await wordFor(error, kind, { permissions, alone: false }))
    }
    await relist()
  }

  async function openOne(kind, verdict) {
    word[kind] = verdict || 'opening'
    tell()
    if (verdict) return
    if (kind === 'camera') drop(kind) // many phones can open only one
    try {
      adopt(await request(kind), [kind])
    } catch (error) {
      word[kind] = await wordFor(error, kind, { permissions, alone: true })
      if (!track[kind]) news.track(TRACK[kind], null)
    }
    if (kind === 'camera' && !wanted.camera) hide()
    tell()
  }

  /** The chosen device, or any: one that is gone must not keep the person out. */
  async function request(kind) {
    try {
      return await ask(devices, { [KINDS[kind]]: constraints(kind) })
    } catch (error) {
      if (!chosen[kind] || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error
      chosen[kind] = ''
      return ask(devices, { [KINDS[kind]]: constraints(kind) })
    }
  }

  function adopt(fresh, kinds) {
    if (closed) return fresh.getTracks().forEach((each) => each.stop())
    for (const kind of kinds) {
      const [next] = kind === 'mic' ? fresh.getAudioTracks() : fresh.getVideoTracks()
      drop(kind)
      track[kind] = next
      word[kind] = 'on'
      stream.addTrack(next)
      chosen[kind] = next.getSettings().deviceId ?? chosen[kind]
      if (kind === 'mic') next.enabled = wanted.mic
      if (kind === 'camera') next.contentHint = 'motion'
      next.onended = () => track[kind] === next && unplugged(kind)
      news.track(TRACK[kind], next)
    }
    tell()
  }

  function drop(kind) {
    const old = track[kind]
    if (!old) return
    old.onended = null
    stream.removeTrack(old)
    old.stop()
    track[kind] = null
  }

  async function unplugged(kind) {
    drop(kind)
    chosen[kind] = ''
    news.track(TRACK[kind], null)
    await openOne(kind)
    await relist()
  }

  function hide() {
    drop('camera')
    word.camera = 'off'
    news.track('camera', null)
  }

  async function relist() {
    const all = (await devices?.enumerateDevices?.()) ?? []
    const named = (kind) =>
      all.filter((each) => each.kind === kind && each.deviceId).map(({ deviceId, label }) => ({ id: deviceId, label }))
    lists = { mic: named('audioinput'), camera: named('videoinput'), speaker: named('audiooutput') }
    tell()
    return lists
  }

  async function plugged() {
    await relist()
    for (const kind of Object.keys(KINDS)) {
      const missed = word[kind] === 'none' || word[kind] === 'busy'
      if (missed && wanted[kind] && lists[kind].length) await openOne(kind)
    }
  }

  devices?.addEventListener?.('devicechange', plugged)

  return {
    streams,
    open,
    state,
    snapshot,
    tracks: () => ({ audio: track.mic, camera: track.camera, screen: null, sound: null }),
    /** What the next page should begin with. */
    wishes: () => ({ mic: wanted.mic, camera: wanted.camera, micId: chosen.mic, cameraId: chosen.camera }),
    async choose(kind, id) {
      chosen[kind] = id
      await openOne(kind)
    },
    /** Muting keeps the device, so that it is instant; without one, this asks for it again. */
    async mute(muted) {
      wanted.mic = !muted
      if (track.mic) track.mic.enabled = wanted.mic
      else if (wanted.mic) await openOne('mic')
      tell()
    },
    /** A camera that is off is really off: its light goes out. */
    async show(shown) {
      wanted.camera = shown
      if (shown && !track.camera) return openOne('camera').then(relist)
      if (!shown && track.camera) hide()
      tell()
    },
    /** A small picture starts sooner; a good line deserves a sharper one. */
    sharpen: () => picture.sharp && track.camera?.applyConstraints(picture.sharp).catch(() => {}),
    /** Lets go of the devices; `open` takes them again. */
    stop() {
      closed = true
      for (const kind of Object.keys(KINDS)) {
        drop(kind)
        word[kind] = 'off'
      }
    },
    close() {
      this.stop()
      devices?.removeEventListener?.('devicechange', plugged)
    },
  }
}
