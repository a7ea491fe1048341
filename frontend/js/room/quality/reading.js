// The few numbers that matter, out of a whole report of getStats. Pure.
import { NAMES } from '../peer.js'

const nothing = () => ({
  at: 0, // ms, by the browser's own clock
  bytes: 0, // received in all, as the watch for silence counts them
  rtt: 0, // seconds
  relayed: false,
  available: null, // bits a second that the browser thinks we may send; not all browsers say
  in: { bytes: 0, packets: 0, lost: 0, jitter: 0, frozen: 0, frames: 0, width: 0, height: 0, fps: 0 },
  out: { bytes: 0, jitter: 0, frames: 0, width: 0, height: 0, fps: 0 },
  streams: {}, // of ours, by their id: {packets: sent, missing: the share of them, by the other's last report}
  held: { computer: 0, upload: 0 }, // seconds for which each kept our picture smaller than it could be
})

/** Not all browsers tell of the whole path; the pair of ends that it runs between tells nearly the same. */
function ends(report) {
  const pairs = [...report.values()].filter((stat) => stat.type === 'candidate-pair')
  return pairs.find((pair) => pair.selected) ?? pairs.find((pair) => pair.nominated && pair.state === 'succeeded')
}

function travel(sample, report) {
  const path = [...report.values()].find((stat) => stat.type === 'transport')
  const pair = report.get(path?.selectedCandidatePairId) ?? ends(report)
  sample.at = (path ?? pair)?.timestamp ?? 0
  sample.bytes = path?.bytesReceived ?? pair?.bytesReceived ?? 0
  sample.rtt = pair?.currentRoundTripTime ?? sample.rtt
  sample.available = pair?.availableOutgoingBitrate ?? sample.available
  sample.relayed = report.get(pair?.localCandidateId)?.candidateType === 'relay'
}

/** The larger picture counts: a shared screen rather than the face beside it. */
function picture(side, stat) {
  if (!stat.frameWidth || stat.frameWidth * stat.frameHeight < side.width * side.height) return
  Object.assign(side, { width: stat.frameWidth, height: stat.frameHeight, fps: Math.round(stat.framesPerSecond ?? 0) })
}

function received(sample, stat) {
  const side = sample.in
  side.bytes += stat.bytesReceived ?? 0
  side.packets += stat.packetsReceived ?? 0
  side.lost += stat.packetsLost ?? 0
  side.frozen += stat.totalFreezesDuration ?? 0
  side.frames += stat.framesDecoded ?? 0
  if (stat.kind === 'audio') side.jitter = Math.max(side.jitter, stat.jitter ?? 0)
  if (stat.framesPerSecond) picture(side, stat)
}

const stream = (sample, { ssrc }) => (sample.streams[ssrc] ??= { packets: 0, missing: 0 })

function sent(sample, stat) {
  const side = sample.out
  side.bytes += stat.bytesSent ?? 0
  side.frames += stat.framesEncoded ?? 0
  stream(sample, stat).packets = stat.packetsSent ?? 0
  if (stat.active !== false && stat.framesPerSecond) picture(side, stat)
  if (NAMES[stat.mid] !== 'camera') return
  const held = stat.qualityLimitationDurations ?? {}
  sample.held = { computer: held.cpu ?? 0, upload: held.bandwidth ?? 0 }
}

/** What the other end says of what we send, once in a second or five, if its word arrives. */
function arrived(sample, stat) {
  stream(sample, stat).missing = stat.fractionLost ?? 0
  sample.rtt = Math.max(sample.rtt, stat.roundTripTime ?? 0) // where the path itself does not tell
  if (stat.kind === 'audio') sample.out.jitter = Math.max(sample.out.jitter, stat.jitter ?? 0)
}

const TAKEN = { 'inbound-rtp': received, 'outbound-rtp': sent, 'remote-inbound-rtp': arrived }

export const GOOD = new Set(['excellent', 'good']) // levels at which more can be asked of a line

export function read(report) {
  const sample = nothing()
  for (const stat of report.values()) TAKEN[stat.type]?.(sample, stat)
  travel(sample, report)
  return sample
}
