// Who the other is right now, and the one connection to them: made, healed and made anew as their page and our paths come and go.

import { createFarewell } from './farewell.js'
import { createHealing, RESTARTS, stillComing } from './healing.js'
import { createInbox } from './inbox.js'
import { createPages } from './pages.js'
import { read } from './quality/reading.js'
import { createTelling } from './telling.js'
import { createWatching } from './watching.js'

const DUE_MS = 5000 // a first connection takes half a second
const MOST_HUNG = 3 // new connections in a row because gathering hung

/**
 * `makePeer(parts)` gives a peer on a new connection; `signaling` sends and asks to be let in again.
 * `news` hears connected, interrupted, rebuilt, remote(tracks), line(channel or null), peerMedia(media), said(what), peerLeft,
 * peerAway, quality(level, sample, reason).
 */
export function createCall({ polite, makePeer, signaling, media, news, timers = globalThis }) {
  const pages = createPages()
  let peer = null
  let hung = 0
  let tries = 0
  let absent = false // not in the room by the server's word, though perhaps still heard

  const connected = () => peer?.state === 'connected'
  const healthy = () => !peer || (connected() && !watching.silent)
  const healing = createHealing({ polite, healthy, act: heal, timers })
  const watching = createWatching({
    stats: () => stats(),
    connected,
    news: { fell, broke, steady: () => media.sharpen(), quality: (...heard) => news.quality(...heard) },
    timers,
  })
  const telling = createTelling({ media, send: (part) => signaling.send(part), known: () => pages.known })
  const inbox = createInbox({ peer: () => peer, fault: (error) => news.fault(error) })

  function fell() {
    news.interrupted()
    signaling.probe()
    healing.start()
  }

  function broke() {
    healing.stop()
    if (connected()) news.connected()
  }

  function heal() {
    if (absent) return away()
    if (!signaling.reachable) return signaling.probe()
    if (peer.untouched) return signaling.rejoin() // their offer never came
    if (++tries % (RESTARTS + polite) === 0) return rebuild(true)
    peer.restart()
  }

  /** The server knows of nobody there: no use in trying, until they come back to it. */
  function away() {
    healing.stop()
    news.peerAway()
  }

  function build(offers) {
    discard()
    const made = makePeer({
      tracks: media.tracks(),
      send: (part) => made === peer && signaling.send(part),
      news: hears(() => made === peer),
    })
    peer = made
    if (offers) peer.offer()
    healing.start(DUE_MS)
    watching.start()
  }

  const hears = (current) => ({
    state: (word) => current() && changed(word),
    remote: (tracks) => current() && news.remote(tracks),
    line: (channel) => current() && news.line(channel),
    stranger: (signal) => current() && meetAnew(signal),
    hung: () => current() && hung++ < MOST_HUNG && rebuild(true),
  })

  function changed(word) {
    healing.byState(word)
    if (word === 'disconnected' || word === 'failed') news.interrupted()
    if (word !== 'connected') return
    hung = tries = 0
    watching.begin()
    news.connected()
  }

  /** The other end is another connection than the one we spoke with: ours is worth nothing now. */
  function meetAnew(signal) {
    const offered = signal.description.type === 'offer'
    rebuild(!offered)
    if (offered) inbox.first(signal)
  }

  function rebuild(offers) {
    if (peer) news.rebuilt()
    build(offers)
  }

  function discard() {
    healing.stop()
    watching.forget()
    signaling.forget()
    if (peer) news.line(null)
    peer?.close()
    peer = null
  }

  /** Another page of theirs: the connection to the old one is dead, whatever it says. */
  function isNew(sid) {
    if (!pages.turn(sid)) return !peer
    inbox.empty()
    return true
  }

  function present() {
    absent = false
    farewell.unsay()
  }

  function resume() {
    telling.tell()
    if (peer.resend()) return
    if (!healthy()) return healing.hurry()
    news.connected() // they were thought to be gone, and only their socket was
  }

  function begin(offers) {
    rebuild(offers)
    telling.tell()
  }

  const meet = (anew, offers) => (anew ? begin(offers) : resume())

  /** Put out of the room: whatever their page makes of that, from now on they neither see nor hear us. */
  function expel() {
    pages.putOut()
    if (!peer) return
    discard()
    inbox.empty()
    absent = true
    news.peerLeft()
  }

  const stats = async () => peer?.stats() ?? null
  const bytes = async () => (peer ? read(await stats()).bytes : 0)
  const farewell = createFarewell({ heard: async () => connected() && stillComing(bytes, timers) })

  return {
    joined({ peer: other, offer, removed }) {
      present()
      if (removed) return expel()
      absent = !other && pages.known
      if (absent && !healthy()) away()
      if (!other) return
      pages.letIn()
      meet(isNew(other.sid) || peer.untouched, offer)
    },
    peerJoined(other) {
      if (pages.isPast(other.sid)) return
      pages.letIn()
      present()
      meet(isNew(other.sid), false)
    },
    signal({ description, candidates, media: theirs, say, from }) {
      if (pages.isBarred(from.sid)) return
      present()
      if (isNew(from.sid)) begin(false)
      if (theirs) {
        watching.excuse(theirs)
        news.peerMedia(theirs)
      }
      if (say) news.said(say)
      if (description || candidates) inbox.put({ description, candidates })
    },
    // The connection is kept, for one who lost the whole network comes back to it; one who left comes back as somebody new.
    async peerLeft(other) {
      if (other.removed) return expel()
      if (!pages.isPresent(other.sid) || !(await farewell.meant())) return
      absent = true
      healing.stop()
      news.peerLeft()
    },
    networkChanged: () => peer && (signaling.probe(), healing.start(500)),
    replace: (name, track) => peer?.replace(name, track),
    /** New credentials are of use only to a new path, and a relay may close the old one when the old ones lapse. */
    configure(config) {
      peer?.configure(config)
      if (watching.relayed && connected()) peer.restart()
    },
    tune: (name, change) => peer?.tune(name, change) ?? Promise.resolve(),
    fingerprints: () => peer?.fingerprints() ?? null,
    tell: telling.tellChanged,
    note: telling.note,
    stats,
    close() {
      discard()
      watching.stop()
      inbox.empty()
      pages.forget()
    },
  }
}
