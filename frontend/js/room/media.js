// The camera and microphone: asked for, chosen, switched off and on, and followed as they are plugged in and out.

import { ask, wordFor } from './permission.js'
import { createShare } from './share.js'
import { byKind, soundConstraints, wishesFrom, wishesOf } from './wishes.js'

const KINDS = { mic: 'audio', camera: 'video' }
const TRACK = { mic: 'audio', camera: 'camera' }

/**
 * `devices` is navigator.mediaDevices (or nothing); `picture` has constraints to `start` with and, where the machine is
 * up to it, `sharp` ones for a good line. `news` hears changed(snapshot) and track(name, track).
 * Per kind one word: off, opening, on, denied, system (the machine forbids it), none, busy, failed, unused (one only listens).
 */
export function createMedia({ devices, permissions, picture = {}, kept = {}, news }) {
  const stream = new MediaStream()
  const streams = { face: stream, shown: new MediaStream() }
  const { wanted, preferred, cleaning } = wishesFrom(kept)
  const chosen = { mic: '', camera: '' } // what is in use: the preferred one may be unplugged
  const word = { mic: 'off', camera: 'off' }
  const track = { mic: null, camera: null }
  const share = createShare({ devices, news: { track: news.track, changed: () => tell() } })
  let lists = byKind([])
  let closed = false
  let hand = false

  const constraints = (kind, id = preferred[kind]) => ({
    ...(kind === 'camera' ? picture.start : soundConstraints(cleaning)),
    ...(id && { deviceId: { exact: id } }),
  })

  const has = (kind, id) => lists[kind].some((each) => each.id === id)
  const speaker = () => (has('speaker', preferred.speaker) ? preferred.speaker : (lists.speaker[0]?.id ?? ''))
  const way = () => (wanted.listen ? 'listen' : wanted.camera ? 'both' : 'sound')
  const snapshot = () => ({
    word: { ...word },
    lists,
    chosen: { ...chosen, speaker: speaker() },
    cleaning: { ...cleaning },
    way: way(),
    state: state(),
  })
  const state = () => ({ mic: word.mic === 'on' && wanted.mic, camera: word.camera === 'on', screen: share.on, hand })
  const tell = () => !closed && news.changed(snapshot())

  /** Both in one question, so that the browser asks once; then each alone, so that one failing spares the other. */
  async function open() {
    const kinds = Object.keys(KINDS).filter((kind) => (kind === 'mic' ? !wanted.listen : wanted[kind]))
    closed = false
    if (wanted.listen) word.mic = 'unused'
    if (kinds.length < 2) return Promise.all(kinds.map((kind) => openOne(kind))).then(relist)
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

  /** The preferred device, or any: one that is gone must not keep the person out. */
  async function request(kind) {
    try {
      return await ask(devices, { [KINDS[kind]]: constraints(kind) })
    } catch (error) {
      if (!preferred[kind] || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error
      return ask(devices, { [KINDS[kind]]: constraints(kind, '') })
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
    lists = byKind((await devices?.enumerateDevices?.()) ?? [])
    tell()
    return lists
  }

  /** What was missed is taken as soon as it is there, and so is the preferred one that comes back. */
  async function plugged() {
    await relist()
    for (const kind of Object.keys(KINDS)) {
      const missed = word[kind] === 'none' || word[kind] === 'busy'
      const back = track[kind] && chosen[kind] !== preferred[kind] && has(kind, preferred[kind])
      if ((missed && wanted[kind] && lists[kind].length) || back) await openOne(kind)
    }
  }

  function listenOnly() {
    drop('mic')
    word.mic = 'unused'
    Object.assign(wanted, { mic: false, camera: false, listen: true })
    news.track('audio', null)
    if (track.camera) hide()
    tell()
  }

  devices?.addEventListener?.('devicechange', plugged)

  return {
    streams,
    open,
    state,
    snapshot,
    share,
    tracks: () => ({ audio: track.mic, camera: track.camera, ...share.tracks() }),
    /** What the next page should begin with. */
    wishes: () => wishesOf({ wanted, preferred, cleaning }),
    async choose(kind, id) {
      preferred[kind] = id
      if (kind === 'speaker') return tell()
      wanted.listen &&= kind !== 'mic'
      await openOne(kind)
    },
    /** Some browsers show their loudspeakers only in a list of their own. */
    async pickSpeaker() {
      preferred.speaker = (await devices.selectAudioOutput()).deviceId
      await relist()
    },
    /** Before joining: with both, with sound, or only to listen, which asks for no device at all. */
    async come(how) {
      if (how === 'listen') return listenOnly()
      Object.assign(wanted, { listen: false, mic: true, camera: how === 'both' })
      if (!wanted.camera && track.camera) hide()
      if (track.mic) track.mic.enabled = true
      tell()
      if (!track.mic && !(wanted.camera && !track.camera)) return openOne('mic').then(relist)
      if (!track.mic) return open()
      if (wanted.camera && !track.camera) return openOne('camera').then(relist)
    },
    /** Echo, noise and loudness, each looked after by the browser or left alone. A microphone that is open keeps its ways. */
    async clean(change) {
      Object.assign(cleaning, change)
      const open = Boolean(track.mic)
      drop('mic')
      if (open) await openOne('mic')
      else tell()
    },
    /** Muting keeps the device, so that it is instant; without one, this asks for it again. */
    async mute(muted) {
      wanted.mic = !muted
      if (!muted) wanted.listen = false
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
    raise(yes) {
      hand = yes
      tell()
    },
    /** A small picture starts sooner; a good line deserves a sharper one. */
    sharpen: () => picture.sharp && track.camera?.applyConstraints(picture.sharp).catch(() => {}),
    /** Lets go of the devices; `open` takes them again. */
    stop() {
      closed = true
      hand = false
      share.stop()
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
