// A file by which support can see what was wrong with a call: figures and kinds of paths; no names, no tokens, no addresses. Pure.

/** Only what is named here gets into the file: what a browser adds to its reports tomorrow does not. */
const ALLOWED = {
  candidate: ['candidateType', 'protocol', 'relayProtocol', 'networkType', 'tcpType'],
  pair: ['state', 'nominated', 'currentRoundTripTime', 'availableOutgoingBitrate', 'bytesSent', 'bytesReceived'],
  path: [
    'dtlsState',
    'iceState',
    'tlsVersion',
    'srtpCipher',
    'selectedCandidatePairChanges',
    'bytesSent',
    'bytesReceived',
  ],
  stream: ['kind', 'mid', 'frameWidth', 'frameHeight', 'framesPerSecond', 'packetsLost', 'jitter', 'freezeCount'],
  encoder: [
    'qualityLimitationReason',
    'encoderImplementation',
    'decoderImplementation',
    'nackCount',
    'pliCount',
    'firCount',
  ],
}

const only = (stat, names) =>
  Object.fromEntries(names.filter((name) => stat[name] !== undefined).map((name) => [name, stat[name]]))

const candidate = (report, id) => only(report.get(id) ?? {}, ALLOWED.candidate)

function ways(report) {
  const found = { candidates: [], pairs: [], paths: [], streams: [] }
  for (const stat of report.values()) {
    if (stat.type === 'local-candidate' || stat.type === 'remote-candidate')
      found.candidates.push({ side: stat.type.split('-')[0], ...only(stat, ALLOWED.candidate) })
    if (stat.type === 'candidate-pair') {
      const ends = {
        local: candidate(report, stat.localCandidateId),
        remote: candidate(report, stat.remoteCandidateId),
      }
      found.pairs.push({ ...only(stat, ALLOWED.pair), ...ends })
    }
    if (stat.type === 'transport') found.paths.push(only(stat, ALLOWED.path))
    if (/^(in|out)bound-rtp$/.test(stat.type)) {
      const codec = report.get(stat.codecId)?.mimeType
      found.streams.push({ way: stat.type, codec, ...only(stat, [...ALLOWED.stream, ...ALLOWED.encoder]) })
    }
  }
  return found
}

/** What the browser says of itself and of its network. */
export function browserOf({ navigator, screen, document }) {
  const { userAgent, language, hardwareConcurrency, deviceMemory, onLine, connection } = navigator
  return {
    userAgent,
    language,
    hardwareConcurrency,
    deviceMemory,
    onLine,
    network: connection ? only(connection, ['type', 'effectiveType', 'downlink', 'rtt', 'saveData']) : null,
    screen: `${screen.width}×${screen.height}`,
    visible: document.visibilityState,
  }
}

/** `report` is of getStats, or null while there is no connection. */
export function diagnosis({ made, session, state, history, report, browser, steps }) {
  return {
    about: 'Figures of a call, for support. No names, tokens or addresses are in here.',
    made,
    session,
    role: state.entry?.role ?? '',
    phase: state.phase,
    socket: state.socket,
    browser,
    steps,
    ...(report ? ways(report) : {}),
    events: history.events,
    seconds: history.seconds,
  }
}
