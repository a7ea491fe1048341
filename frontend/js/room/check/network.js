// Can a call reach this network? Two connections of our own meet through the relay, and what they found on the way tells the rest.

const PATIENCE_MS = 9000

/** `relay` or `srflx`, over udp or tcp, and from which port of ours: what a candidate tells of the network. */
export function readCandidate({ candidate = '', type, relayProtocol, relatedPort, port, protocol }) {
  const words = candidate.split(' ')
  return {
    type: type ?? /\btyp (\w+)/.exec(candidate)?.[1] ?? '',
    over: relayProtocol ?? protocol ?? words[2]?.toLowerCase() ?? '',
    port: Number(port ?? words[5]),
    from: Number(relatedPort ?? /\brport (\d+)/.exec(candidate)?.[1] ?? 0),
  }
}

/** Seen from two servers at two ports though sent from one: others cannot guess where to reach us. */
function shifts(found) {
  const seen = found.filter((each) => each.type === 'srflx' && each.from)
  return seen.some((one) => seen.some((other) => other.from === one.from && other.port !== one.port))
}

/**
 * direct | relay | direct-only | blocked | unknown, from the candidates found and whether data came through the relay.
 * `direct-only`: the relay is out of reach, but the rest of the world is not.
 */
export function verdict({ servers, found, relayed }) {
  if (!servers) return 'unknown'
  const udp = found.some((each) => each.type === 'srflx' || (each.type === 'relay' && each.over === 'udp'))
  if (relayed) return udp && !shifts(found) ? 'direct' : 'relay'
  return udp && !shifts(found) ? 'direct-only' : 'blocked'
}

/** One connection of the pair: its candidates go to the other by themselves. */
function half(Connection, configuration, found, early) {
  const pc = new Connection(configuration)
  pc.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return
    found.push(readCandidate(candidate))
    early(candidate)
  }
  return pc
}

async function meet(one, other) {
  await one.setLocalDescription()
  await other.setRemoteDescription(one.localDescription)
  await other.setLocalDescription()
  await one.setRemoteDescription(other.localDescription)
}

/** Milliseconds there and back once a word has gone through; the promise of nothing settles only by `stop`. */
function echo(one, other, clock) {
  return new Promise((resolve) => {
    const line = one.createDataChannel('check', { negotiated: true, id: 0 })
    const far = other.createDataChannel('check', { negotiated: true, id: 0 })
    let sent = 0
    far.onmessage = ({ data }) => far.send(data)
    line.onmessage = () => resolve(clock.now() - sent)
    line.onopen = () => {
      sent = clock.now()
      line.send('.')
    }
  })
}

/** What is reached without the relay: gathered beside it, for relay-only connections look for nothing else. */
async function reflexive(Connection, iceServers, found, done) {
  const pc = half(Connection, { iceServers }, found, () => {})
  pc.createDataChannel('check')
  const gathered = new Promise((resolve) => {
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve()
  })
  await pc.setLocalDescription()
  await Promise.race([gathered, done])
  return pc.close()
}

/** `servers` as RTCPeerConnection takes them; resolves to {word, ms}. Nothing of it outlives the answer, or `stop` (a signal). */
export async function checkNetwork({ Connection, servers, stop, clock = performance, timers = globalThis }) {
  if (!servers.length) return { word: 'unknown', ms: null }
  const found = []
  const configuration = { iceServers: servers, iceTransportPolicy: 'relay' }
  const pair = []
  const queues = [[], []]
  const pass = (to) => (candidate) => {
    if (pair[to].remoteDescription) pair[to].addIceCandidate(candidate).catch(() => {})
    else queues[to].push(candidate)
  }
  pair.push(half(Connection, configuration, found, pass(1)), half(Connection, configuration, found, pass(0)))
  let timer
  const late = new Promise((resolve) => {
    timer = timers.setTimeout(() => resolve(null), PATIENCE_MS)
    stop?.addEventListener('abort', () => resolve(null), { once: true })
  })
  try {
    const heard = echo(pair[0], pair[1], clock)
    const beside = reflexive(Connection, servers, found, late)
    await meet(...pair)
    queues.forEach((queue, to) => queue.forEach((candidate) => pair[to].addIceCandidate(candidate).catch(() => {})))
    const ms = await Promise.race([heard, late])
    if (ms === null) await beside
    else await Promise.race([beside, new Promise((resolve) => timers.setTimeout(resolve, 800))])
    return { word: verdict({ servers: servers.length, found: [...found], relayed: ms !== null }), ms }
  } finally {
    timers.clearTimeout(timer)
    for (const pc of pair) pc.close()
  }
}
