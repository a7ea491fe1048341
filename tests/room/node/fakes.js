// Stand-ins for what a room touches: a connection, a socket line, a clock.

/** A clock that moves only when told. */
export function fakeTimers() {
  let now = 0
  let last = 0
  const waiting = new Map()
  const setTimeout = (work, delay = 0) => (waiting.set(++last, { at: now + delay, work }), last)
  const setInterval = (work, every) => {
    const id = ++last
    const again = () => (work(), waiting.has(id) && waiting.set(id, { at: now + every, work: again }))
    waiting.set(id, { at: now + every, work: again })
    return id
  }
  const clear = (id) => waiting.delete(id)
  return {
    setTimeout,
    setInterval,
    clearTimeout: clear,
    clearInterval: clear,
    now: () => now,
    get pending() {
      return waiting.size
    },
    /** Let so much time go by, in order, with room for promises after each step. */
    async pass(ms) {
      const end = now + ms
      await settle()
      for (;;) {
        const due = [...waiting].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0]
        if (!due) break
        waiting.delete(due[0])
        now = due[1].at
        due[1].work()
        await settle()
      }
      now = end
      await settle()
    },
  }
}

export const settle = async () => {
  for (let i = 0; i < 12; i++) await new Promise((done) => setImmediate(done))
}

let born = 0

/** Enough of an RTCPeerConnection for its states, in the order the real one has them. */
export class FakeConnection {
  constructor() {
    Object.assign(this, { id: ++born, signalingState: 'stable', connectionState: 'new', iceGatheringState: 'new' })
    Object.assign(this, { localDescription: null, remoteDescription: null, currentRemoteDescription: null })
    Object.assign(this, {
      transceivers: [],
      channels: [],
      taken: [],
      restarts: 0,
      generation: 0,
      gathers: true,
      rollbacks: 0,
    })
  }
  transceiver(kind, track = null) {
    const sender = { track, replaceTrack: async (next) => (sender.track = next), setStreams() {} }
    return { kind, direction: 'recvonly', sender, receiver: { track: { kind, remote: true } } }
  }
  addTransceiver(trackOrKind, { direction }) {
    const track = typeof trackOrKind === 'string' ? null : trackOrKind
    const made = { ...this.transceiver(track?.kind ?? trackOrKind, track), direction }
    this.transceivers.push(made)
    return made
  }
  createDataChannel(label, options) {
    const channel = { label, ...options, readyState: 'connecting' }
    this.channels.push(channel)
    return channel
  }
  getTransceivers() {
    return this.transceivers
  }
  sdp() {
    return `v=0\r\no=- ${this.id} ${this.generation} IN IP4 127.0.0.1\r\n`
  }
  async setLocalDescription() {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer'
    await null
    this.localDescription = { type, sdp: this.sdp() }
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable'
    if (type === 'answer') this.currentRemoteDescription = this.remoteDescription
    const text = `of ${this.id}.${this.generation}`
    if (this.gathers) setImmediate(() => this.candidate(text))
  }
  async setRemoteDescription(description) {
    await null
    if (this.closed) return new Promise(() => {})
    if (description.type === 'offer' && this.signalingState === 'have-local-offer') this.rollbacks++
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer')
      throw new Error('InvalidStateError')
    this.remoteDescription = description
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable'
    if (description.type === 'answer') this.currentRemoteDescription = description
    if (description.type === 'offer' && !this.transceivers.length)
      this.transceivers = ['audio', 'video', 'video', 'audio'].map((kind) => this.transceiver(kind))
  }
  async addIceCandidate(candidate) {
    const ours = /^of (\d+)\.(\d+)$/.exec(candidate.candidate)
    const theirs = /^o=- (\d+) (\d+)/m.exec(this.remoteDescription?.sdp ?? '')
    if (!theirs || ours[1] !== theirs[1] || ours[2] !== theirs[2])
      throw Object.assign(new Error('unknown ufrag'), { name: 'OperationError' })
    this.taken.push(candidate.candidate)
  }
  candidate(text) {
    this.onicecandidate?.({ candidate: { candidate: text, toJSON: () => ({ candidate: text }) } })
  }
  restartIce() {
    this.restarts++
    this.generation++
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  become(state) {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }
  async getStats() {
    const came = this.bytes ?? 0
    const sound = { type: 'inbound-rtp', kind: 'audio', packetsReceived: this.packets ?? came }
    return new Map([
      ['t', { type: 'transport', bytesReceived: came }],
      ['a', sound],
    ])
  }
  setConfiguration(config) {
    this.config = config
  }
  close() {
    this.closed = true
    this.signalingState = this.connectionState = 'closed'
  }
}

/** A tab's socket line, as js/live.js offers it. */
export function fakeLive() {
  const handlers = new Map()
  const sent = []
  const live = {
    state: 'open',
    sent,
    checks: 0,
    wakes: 0,
    send: (message) => live.state === 'open' && (sent.push(JSON.parse(JSON.stringify(message))), true),
    on(type, handler) {
      handlers.set(type, [...(handlers.get(type) ?? []), handler])
      return () =>
        handlers.set(
          type,
          handlers.get(type).filter((each) => each !== handler),
        )
    },
    connect: () => (live.connects = (live.connects ?? 0) + 1),
    check: () => live.checks++,
    wake: () => live.wakes++,
    hear: (message) => [...(handlers.get(message.type) ?? [])].forEach((handler) => handler(message)),
    become(state) {
      live.state = state
      live.hear({ type: 'state', data: { state } })
    },
    listeners: () => [...handlers.values()].flat().length,
    of: (type) => sent.filter((message) => message.type === type),
  }
  return live
}
