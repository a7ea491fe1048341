// The camera and microphone: asked for, chosen, switched off and on, and followed as they are plugged in and out.

import { createListing } from './listing.js'
import { wordFor } from './permission.js'
import { createShare } from './share.js'
import { createTaking } from './taking.js'
import { createTracks } from './tracks.js'
import { wishesFrom, wishesOf } from './wishes.js'

const KINDS = { mic: 'audio', camera: 'video' }
const TRACK = { mic: 'audio', camera: 'camera' }

/**
 * `devices` is navigator.mediaDevices (or nothing); `picture` has constraints to `start` with and, where the machine is
 * up to it, `sharp` ones for a good line. `news` hears changed(snapshot) and track(name, track).
 * Per kind one word: off, opening, on, denied, system (the machine forbids it), none, busy, failed, unused (one only listens).
 */
export function createMedia({ devices, permissions, picture = {}, kept = {}, news }) {
  const streams = { face: new MediaStream(), shown: new MediaStream() }
  const { track, put, drop } = createTracks(streams.face)
  const { wanted, preferred, cleaning } = wishesFrom(kept)
  const chosen = { mic: '', camera: '' } // what is in use: the preferred one may be unplugged
  const word = { mic: 'off', camera: 'off' }
  const share = createShare({ devices, news: { track: news.track, changed: () => tell() } })
  let closed = false
  let hand = false

  const taking = createTaking({ devices, picture, preferred, cleaning, kinds: KINDS })
  const listing = createListing({ devices, preferred })

  const way = () => (wanted.listen ? 'listen' : wanted.camera ? 'both' : 'sound')
  const snapshot = () => ({
    word: { ...word },
    lists: listing.all(),
    chosen: { ...chosen, speaker: listing.speaker() },
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
      adopt(await taking.all(kinds), kinds)
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
      adopt(await taking.one(kind), [kind])
    } catch (error) {
      word[kind] = await wordFor(error, kind, { permissions, alone: true })
      if (!track[kind]) news.track(TRACK[kind], null)
    }
    if (kind === 'camera' && !wanted.camera) hide()
    tell()
  }

  function adopt(fresh, kinds) {
    if (closed) return fresh.getTracks().forEach((each) => each.stop())
    for (const kind of kinds) {
      const [next] = kind === 'mic' ? fresh.getAudioTracks() : fresh.getVideoTracks()
      put(kind, next, () => unplugged(kind))
      word[kind] = 'on'
      chosen[kind] = next.getSettings().deviceId ?? chosen[kind]
      if (kind === 'mic') next.enabled = wanted.mic
      if (kind === 'camera') next.contentHint = 'motion'
      news.track(TRACK[kind], next)
    }
    tell()
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
    const lists = await listing.look()
    tell()
    return lists
  }

  /** What was missed is taken as soon as it is there, and so is the preferred one that comes back. */
  async function plugged() {
    const lists = await relist()
    for (const kind of Object.keys(KINDS)) {
      const missed = word[kind] === 'none' || word[kind] === 'busy'
      const back = track[kind] && chosen[kind] !== preferred[kind] && listing.has(kind, preferred[kind])
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
    pickSpeaker: () => listing.pick().then(relist),
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
