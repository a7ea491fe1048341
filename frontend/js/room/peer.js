// One connection to the other person: perfect negotiation after exactly one first offer, in a fixed order of named transceivers.

export const NAMES = ['audio', 'camera', 'screen', 'sound'] // the order of the m-lines for ever; new kinds go to the end
const KIND = { audio: 'audio', camera: 'video', screen: 'video', sound: 'audio' }
const SHOWN = new Set(['screen', 'sound']) // in step with each other, and not with the face
const LINE = { label: 'together', negotiated: true, id: 0 }
const HUNG_MS = 2500
const MOST_EARLY = 40

const originOf = ({ sdp }) => /^o=\S+ (\S+)/m.exec(sdp)?.[1]
const fingerprintOf = (description) => /^a=fingerprint:(.+?)\r?$/m.exec(description?.sdp ?? '')?.[1]

function fingerprints({ currentLocalDescription, currentRemoteDescription }) {
  const [own, theirs] = [currentLocalDescription, currentRemoteDescription].map(fingerprintOf)
  return own && theirs ? { own, theirs } : null
}

/**
 * `pc` is a fresh RTCPeerConnection; `tracks` has a track or null by name; `streams` are {face, shown}: what is in one is kept
 * in step. `send` takes {description} and {candidate}; `news` hears state(word), remote(tracks by name), line(channel),
 * stranger(signal), hung().
 */
export function createPeer({ pc, polite, tracks, streams, send, news, patience = HUNG_MS, timers = globalThis }) {
  const early = []
  const named = {}
  const held = { ...tracks }
  let offering = false
  let ignoring = false
  let settling = false // our offer's answer is being applied: another offer is no clash
  let speaker = null // the connection at the other end, by its session id
  let offers = 0
  let turn = '' // our latest offer; an answer names the one it is to
  let theirs = '' // their latest offer
  let gathered = 0
  let watch = null
  let closed = false
  let leave
  const gone = new Promise((resolve) => (leave = resolve)) // a closed connection's promises never settle

  const fresh = () => !pc.currentRemoteDescription

  pc.onnegotiationneeded = describe
  pc.onicecandidate = ({ candidate }) => {
    gathered++
    if (candidate?.candidate) send({ candidate: candidate.toJSON() })
  }
  pc.onconnectionstatechange = () => !closed && news.state(pc.connectionState)

  async function describe() {
    try {
      offering = true
      gathered = 0
      await pc.setLocalDescription()
      if (pc.localDescription.type === 'offer') turn = `${originOf(pc.localDescription)}.${++offers}`
      tellDescription()
      expectCandidates()
    } finally {
      offering = false
    }
  }

  function tellDescription() {
    const { type, sdp } = pc.localDescription
    send({ description: { type, sdp, turn: type === 'offer' ? turn : theirs } })
  }

  /** Gathering that yields nothing has hung for good (seen after an early rollback): only a new connection helps. */
  function expectCandidates() {
    timers.clearTimeout(watch)
    watch = timers.setTimeout(() => {
      if (!closed && !gathered && pc.iceGatheringState !== 'complete') news.hung()
    }, patience)
  }

  /** False when the connection at the other end is not the one this one spoke with, or this one is spoilt. */
  async function takeDescription(description) {
    const from = originOf(description)
    const answer = description.type === 'answer'
    if (answer && pc.signalingState !== 'have-local-offer') return true // a second answer to an offer sent twice
    if (answer && (description.turn ?? turn) !== turn) return true // it is to an earlier offer than the one that counts
    if (speaker && from !== speaker) return false
    const clash = !answer && (offering || (pc.signalingState !== 'stable' && !settling))
    ignoring = clash && !polite
    if (ignoring) return true
    if (clash && fresh()) return false // no rollback before the first connection: it hangs gathering
    settling = answer
    if (!answer) theirs = description.turn
    await pc.setRemoteDescription(description).finally(() => (settling = false))
    speaker = from
    if (answer) news.remote(remote())
    else await reply()
    for (const candidate of early.splice(0)) await takeCandidate(candidate)
    return true
  }

  async function reply() {
    const first = !named.audio
    if (first) await adopt()
    await describe()
    if (first) news.remote(remote())
  }

  const streamOf = (name) => (SHOWN.has(name) ? streams.shown : streams.face)

  /** Only once the other's offer is here may the answerer open its end: sooner, it would want to offer by itself. */
  function openLine() {
    news.line(pc.createDataChannel(LINE.label, { negotiated: LINE.negotiated, id: LINE.id }))
  }

  /** The answerer takes the offer's transceivers, in order, as its own. */
  async function adopt() {
    openLine()
    const [...lines] = pc.getTransceivers()
    await Promise.all(
      NAMES.map((name, index) => {
        named[name] = lines[index]
        lines[index].direction = 'sendrecv'
        lines[index].sender.setStreams?.(streamOf(name))
        return lines[index].sender.replaceTrack(held[name] ?? null)
      }),
    )
  }

  function wait(candidate) {
    early.push(candidate)
    early.splice(0, early.length - MOST_EARLY)
  }

  /** A candidate that overtook its description waits for it, be it of an offer that is ignored or of the answer after it. */
  async function takeCandidate(candidate) {
    if (ignoring || !pc.remoteDescription) return wait(candidate)
    await pc.addIceCandidate(candidate).catch((error) => {
      if (error.name !== 'OperationError') throw error
      wait(candidate) // of a generation not known here, perhaps not yet
    })
  }

  async function take(signal) {
    if (signal.description && !(await takeDescription(signal.description))) return news.stranger(signal)
    for (const candidate of signal.candidates ?? []) await takeCandidate(candidate)
  }

  const remote = () => Object.fromEntries(NAMES.map((name) => [name, named[name].receiver.track]))

  return {
    /** The first offer; only the side that the server named makes it. */
    offer() {
      for (const name of NAMES) {
        const init = { direction: 'sendrecv', streams: [streamOf(name)] }
        named[name] = pc.addTransceiver(held[name] ?? KIND[name], init)
      }
      openLine()
      return describe() // sooner than the browser would ask for it
    },
    /** Settles when the signal is dealt with or the connection closed; one at a time, please. */
    take: (signal) => Promise.race([take(signal), gone]),
    replace(name, track) {
      held[name] = track
      return named[name]?.sender.replaceTrack(track)
    },
    /** Look for a new path. An offer still unanswered was probably lost: restartIce would wait for its answer for ever. */
    restart() {
      if (!this.resend() && pc.signalingState === 'stable' && !fresh()) pc.restartIce()
    },
    resend() {
      const unanswered = pc.signalingState === 'have-local-offer'
      if (unanswered) tellDescription()
      return unanswered
    },
    configure: (config) => pc.setConfiguration(config),
    /** How much of a kind is sent: encodings as RTCRtpSender takes them. */
    tune(name, change) {
      const sender = named[name]?.sender
      if (!sender?.getParameters) return Promise.resolve()
      const parameters = sender.getParameters()
      for (const encoding of parameters.encodings ?? []) Object.assign(encoding, change)
      return sender.setParameters(parameters)
    },
    stats: () => pc.getStats(),
    /** What both ends say of their certificates, in SDP's words; null before they have met. */
    fingerprints: () => fingerprints(pc),
    get state() {
      return pc.connectionState
    },
    get untouched() {
      return fresh() && pc.signalingState === 'stable' && !offering
    },
    close() {
      closed = true
      leave()
      timers.clearTimeout(watch)
      pc.onnegotiationneeded = pc.onicecandidate = pc.onconnectionstatechange = null
      pc.close()
    },
  }
}
