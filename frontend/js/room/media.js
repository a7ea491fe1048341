// The camera and microphone: asked for, chosen, switched off and on, and followed as they are plugged in and out.

import { createComing } from './coming.js'
import { createListing } from './listing.js'
import { wordFor } from './permission.js'
import { createPlugging } from './plugging.js'
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
  let sharp = false

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
    const missed = (kind) => !track[kind] && (kind === 'mic' ? !wanted.listen : wanted[kind])
    const kinds = Object.keys(KINDS).filter(missed)
    closed = false
    if (wanted.listen) word.mic = 'unused'
    if (kinds.length < 2) return Promise.all(kinds.map((kind) => openOne(kind))).then(relist)
    for (const kind of kinds) word[kind] = 'opening'
    tell()
    try {
      adopt(await taking.all(kinds), kinds)
    } catch (error) {
      for (const kind of kinds.filter((each) => !useless(each)))
        await openOne(kind, await wordFor(error, kind, { permissions, alone: false }))
    }
    await relist()
  }

  /** A microphone that is open goes on until there is another, and is never said to be off meanwhile. */
  async function openOne(kind, verdict) {
    if (kind === 'camera') drop(kind) // many phones can open only one
    word[kind] = verdict || (track[kind] ? 'on' : 'opening')
    tell()
    if (verdict) return
    try {
      adopt(await taking.one(kind), [kind])
    } catch (error) {
      const trouble = await wordFor(error, kind, { permissions, alone: true })
      if (!track[kind]) fail(kind, trouble)
    }
    if (kind === 'camera' && !wanted.camera) hide()
    tell()
  }

  function fail(kind, trouble) {
    word[kind] = trouble
    news.track(TRACK[kind], null)
  }

  /** Between a browser's question and its answer one may have thought better of it. */
  const useless = (kind) => closed || (kind === 'mic' ? wanted.listen : !wanted.camera)

  function adopt(fresh, kinds) {
    for (const kind of kinds) {
      const [next] = kind === 'mic' ? fresh.getAudioTracks() : fresh.getVideoTracks()
      if (useless(kind)) {
        next.stop()
        continue
      }
      put(kind, next, () => plugging.out(kind))
      word[kind] = 'on'
      chosen[kind] = next.getSettings().deviceId ?? chosen[kind]
      if (kind === 'mic') next.enabled = wanted.mic
      if (kind === 'camera') next.contentHint = 'motion'
      if (kind === 'camera' && sharp) sharpen(next)
      news.track(TRACK[kind], next)
    }
    tell()
  }

  const sharpen = (camera) => camera.applyConstraints(picture.sharp).catch(() => {})

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

  const ways = { wanted, track, drop, fail, openOne }
  const plugging = createPlugging({ ...ways, word, chosen, preferred, listing, relist })
  const come = createComing({ ...ways, openOne: (kind) => openOne(kind).then(relist), hide, open, tell })

  /** For when it is switched on. */
  function remember(kind, id) {
    chosen[kind] = id
    tell()
  }

  devices?.addEventListener?.('devicechange', plugging.changed)

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
      if (kind === 'camera' && !wanted.camera) return remember(kind, id)
      drop(kind) // what fails now is off, and is seen to be
      await openOne(kind)
    },
    pickSpeaker: () => listing.pick().then(relist),
    come,
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
      else if (wanted.mic) await openOne('mic').then(relist)
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
    sharpen() {
      sharp = Boolean(picture.sharp)
      if (sharp && track.camera) sharpen(track.camera)
    },
    /** Lets go of the devices; `open` takes them again. */
    stop() {
      closed = true
      hand = false
      share.stop()
      for (const kind of Object.keys(KINDS)) {
        drop(kind)
        fail(kind, 'off')
      }
    },
    close() {
      this.stop()
      devices?.removeEventListener?.('devicechange', plugging.changed)
    },
  }
}
