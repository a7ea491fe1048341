// A report of getStats as Chromium makes it, so many seconds into a call that goes well but for what is said.

const ADDRESS = '192.168.1.23'

export function reported(some = {}) {
  const { second = 0, lost = 0, missing = 0, frozen = 0, narrow = 0, busy = 0, jitter = 0.005, rtt = 0.02 } = some
  const { relayed = false, available = 2_000_000, camera = true } = some
  const timestamp = 1_000_000 + second * 1000
  const arrived = 100 * second // packets a second, each way
  const stats = [
    { id: 'T', type: 'transport', timestamp, bytesReceived: 1000 + 100_000 * second, selectedCandidatePairId: 'P' },
    {
      id: 'P',
      type: 'candidate-pair',
      state: 'succeeded',
      nominated: true,
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      currentRoundTripTime: rtt,
      availableOutgoingBitrate: available,
    },
    {
      id: 'L',
      type: 'local-candidate',
      candidateType: relayed ? 'relay' : 'host',
      protocol: 'udp',
      address: ADDRESS,
      ip: ADDRESS,
      port: 54321,
      relatedAddress: ADDRESS,
      url: 'turn:turn.example:3478',
      usernameFragment: 'Xy7z',
    },
    { id: 'R', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp', address: '203.0.113.9', port: 12345 },
    { id: 'C', type: 'codec', mimeType: 'video/VP8' },
    {
      id: 'IA',
      type: 'inbound-rtp',
      kind: 'audio',
      mid: '0',
      packetsReceived: 0,
      packetsLost: 0,
      jitter,
      bytesReceived: 0,
    },
    {
      id: 'IV',
      type: 'inbound-rtp',
      kind: 'video',
      mid: '1',
      codecId: 'C',
      packetsReceived: arrived,
      packetsLost: lost,
      bytesReceived: 100_000 * second,
      totalFreezesDuration: frozen,
      framesDecoded: 30 * second,
      framesPerSecond: 30,
      frameWidth: 640,
      frameHeight: 480,
    },
    {
      id: 'OV',
      type: 'outbound-rtp',
      ssrc: 7,
      kind: 'video',
      mid: '1',
      active: camera,
      codecId: 'C',
      packetsSent: arrived,
      bytesSent: 50_000 * second,
      framesEncoded: 30 * second,
      framesPerSecond: 30,
      frameWidth: 640,
      frameHeight: 480,
      qualityLimitationReason: 'none',
      qualityLimitationDurations: { none: 0, cpu: busy, bandwidth: narrow, other: 0 },
    },
    { id: 'RV', type: 'remote-inbound-rtp', kind: 'video', ssrc: 7, fractionLost: missing, jitter: 0.005 },
  ]
  return new Map(stats.map((stat) => [stat.id, stat]))
}

/** The same as Firefox makes it before 154: of the path as a whole it says nothing, or not how much it carried. */
export function reportedByFirefox(some = {}, path = null) {
  const report = reported(some)
  const { timestamp, bytesReceived } = report.get('T')
  const pair = { ...report.get('P'), timestamp, bytesReceived, selected: true }
  for (const unknown of ['currentRoundTripTime', 'availableOutgoingBitrate']) delete pair[unknown]
  report.delete('T')
  if (path) report.set('T', { id: 'T', type: 'transport', timestamp, ...path })
  report.set('P', pair)
  report.set('RV', { ...report.get('RV'), roundTripTime: 0.08 })
  return report.set('Q', { id: 'Q', type: 'candidate-pair', state: 'failed', nominated: false, bytesReceived: 0 })
}
