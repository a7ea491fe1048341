// How good the connection is, from getStats once a second, in four words.

const EVERY_MS = 1000
const WINDOW = 5

const zero = { bytes: 0, received: 0, lost: 0, rtt: 0, frozen: 0, frames: 0, energy: 0, relayed: false }

/** The few numbers that matter, out of a whole report. */
export function read(report) {
  const sum = { ...zero }
  for (const stat of report.values()) {
    if (stat.type === 'transport') {
      sum.bytes += stat.bytesReceived ?? 0
      const pair = report.get(stat.selectedCandidatePairId)
      sum.rtt = pair?.currentRoundTripTime ?? sum.rtt
      sum.relayed = report.get(pair?.localCandidateId)?.candidateType === 'relay'
    }
    if (stat.type !== 'inbound-rtp') continue
    sum.received += stat.packetsReceived ?? 0
    sum.lost += stat.packetsLost ?? 0
    sum.frozen += stat.totalFreezesDuration ?? 0
    sum.frames += stat.framesDecoded ?? 0
    sum.energy += stat.totalAudioEnergy ?? 0
  }
  return sum
}

/** good | fair | poor | lost, from the oldest and newest of a few seconds' numbers. */
export function level(samples) {
  const first = samples[0]
  const last = samples[samples.length - 1]
  const before = samples[samples.length - 3] ?? first
  if (samples.length > 2 && last.bytes <= before.bytes) return 'lost'
  const received = last.received - first.received
  const lost = Math.max(0, last.lost - first.lost)
  const loss = lost / (received + lost || 1)
  const frozen = last.frozen - first.frozen
  if (loss > 0.08 || last.rtt > 0.6 || frozen > 1.5) return 'poor'
  if (loss > 0.02 || last.rtt > 0.3 || frozen > 0.4) return 'fair'
  return 'good'
}

/** `stats()` resolves to a report or to null when there is no connection; `hear` gets {level, sample} each second. */
export function createQuality({ stats, hear, timers = globalThis }) {
  let samples = []
  let timer = null

  async function beat() {
    const report = await stats().catch(() => null)
    if (!timer) return
    timer = timers.setTimeout(beat, EVERY_MS)
    if (!report) return (samples = [])
    const sample = read(report)
    samples = [...samples.slice(-WINDOW), sample]
    hear({ level: level(samples), sample })
  }

  return {
    start() {
      timer ??= timers.setTimeout(beat, EVERY_MS)
    },
    reset: () => (samples = []),
    stop() {
      timers.clearTimeout(timer)
      timer = null
      samples = []
    },
  }
}
