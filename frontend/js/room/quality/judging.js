// How good the connection is, in one word, and what makes it no better: from the numbers of the last few seconds. Pure.

export const LEVELS = ['excellent', 'good', 'fair', 'poor', 'lost'] // best first

/** Above the first it is good at best, above the second fair, above the third poor. */
const LIMITS = {
  loss: [0.005, 0.02, 0.08],
  rtt: [0.15, 0.3, 0.6], // seconds there and back
  frozen: [0.15, 0.4, 1.5], // seconds of a window
  jitter: [0.03, 0.06, 0.15],
}
const NARROW = [400_000, 120_000] // bits a second: below the first a small picture suffers, below the second any does
const MOSTLY = 0.8 // of a window
const UNSTEADY = 2 // fair or worse

const rank = (value, limits) => limits.filter((limit) => value > limit).length
const grown = (now, before) => Math.max(0, now - before)

/** Of what was to come, the share that did not. */
function lostOfTheirs(first, last) {
  const lost = grown(last.lost, first.lost)
  return lost / (grown(last.packets, first.packets) + lost || 1)
}

/** A report holds until the next, for what is still being sent: counted up, the seconds without one would look faultless. */
function lostOfOurs(first, last) {
  let [missing, sent] = [0, 0]
  for (const [id, stream] of Object.entries(last)) {
    const packets = grown(stream.packets, first[id]?.packets ?? 0)
    missing += packets * stream.missing
    sent += packets
  }
  return missing / (sent || 1)
}

/** What happened within a window, from the oldest and the newest of its samples. */
export function figures(samples) {
  const [first, last] = [samples[0], samples[samples.length - 1]]
  const seconds = Math.max(0.001, (last.at - first.at) / 1000 || samples.length - 1)
  const rate = (side) => Math.round((grown(last[side].bytes, first[side].bytes) * 8) / seconds)
  const shape = ({ width, height, fps }) => ({ width, height, fps })
  return {
    seconds,
    rtt: last.rtt,
    relayed: last.relayed,
    available: last.available,
    in: {
      rate: rate('in'),
      loss: lostOfTheirs(first.in, last.in),
      jitter: last.in.jitter,
      frozen: grown(last.in.frozen, first.in.frozen),
      ...shape(last.in),
    },
    out: {
      rate: rate('out'),
      loss: lostOfOurs(first.streams, last.streams),
      jitter: last.out.jitter,
      ...shape(last.out),
    },
    held: {
      computer: grown(last.held.computer, first.held.computer) / seconds,
      upload: grown(last.held.upload, first.held.upload) / seconds,
    },
  }
}

/** 0 to 3 for what keeps our own picture small; a cap that we have set ourselves is no fault of the line. */
function narrowness({ held, available }) {
  if (held.upload < MOSTLY || available === null) return 0
  if (available < NARROW[1]) return 3
  return available < NARROW[0] ? 2 : 0
}

/** [how bad, why], the likeliest to be of help first. */
function concerns(now) {
  const inward = Math.max(rank(now.in.loss, LIMITS.loss), rank(now.in.frozen, LIMITS.frozen))
  const outward = Math.max(rank(now.out.loss, LIMITS.loss), narrowness(now))
  const shaky = Math.max(rank(now.in.jitter, LIMITS.jitter), rank(now.out.jitter, LIMITS.jitter))
  const both = inward >= UNSTEADY && outward >= UNSTEADY
  return [
    [both ? Math.max(inward, outward) : Math.min(2, shaky), 'unsteady'],
    [now.held.computer >= MOSTLY ? 2 : 0, 'computer'],
    [outward, 'upload'],
    [inward, 'theirs'],
    [rank(now.rtt, LIMITS.rtt), now.relayed ? 'relay' : 'far'],
  ]
}

const WHOLE = 4 // samples before anything but silence is believed

/**
 * {level, reason}: reason is '' while nothing is wrong, else silence | unsteady | computer | upload | theirs | relay | far.
 */
export function judge(samples) {
  const last = samples[samples.length - 1]
  const before = samples[samples.length - 3]
  if (before && last.bytes <= before.bytes) return { level: 'lost', reason: 'silence' }
  if (samples.length < WHOLE) return { level: 'good', reason: '' }
  const [bad, reason] = concerns(figures(samples)).reduce((worst, each) => (each[0] > worst[0] ? each : worst))
  return { level: LEVELS[bad], reason: bad >= UNSTEADY ? reason : '' }
}
