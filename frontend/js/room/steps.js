// How much we send, in steps from all to sound alone: down when the line cannot carry it, up again when it can. Pure.

/** What each step lets through; a shared screen keeps its size, for words must stay readable, and moves less often. */
export const STEPS = Object.freeze([
  step('full', face(2_500_000, 1, 30), screen(2_500_000, 15)),
  step('bitrate', face(600_000, 1, 30), screen(1_500_000, 10)),
  step('resolution', face(300_000, 2, 24), screen(800_000, 6)),
  step('rate', face(120_000, 4, 12), screen(400_000, 3)),
  step('sound', { active: false }, screen(250_000, 1)),
])
export const SOUND = STEPS.length - 1

const POOR_S = 3 // so long before a step down
const FAIR_S = 8
const UP_S = 10 // good for so long before a step up
const LONGEST_UP_S = 80
const TRIAL_S = 15 // a step up that does not last so long was too much
const SETTLED_S = 60 // after so long without trouble, what went wrong before counts no more
const OURS = new Set(['upload', 'unsteady', 'computer']) // sending less helps against these
const SMALLER = 2 // against a busy computer fewer bits do not help, fewer pixels do

function step(word, camera, screen) {
  return Object.freeze({ word, camera, screen })
}

function face(maxBitrate, scaleResolutionDownBy, maxFramerate) {
  return Object.freeze({ active: true, maxBitrate, scaleResolutionDownBy, maxFramerate })
}

function screen(maxBitrate, maxFramerate) {
  return Object.freeze({ active: true, maxBitrate, scaleResolutionDownBy: 1, maxFramerate })
}

/** `wish`: '' | sound (nothing but sound, please) | picture (never sound alone). */
export const begin = Object.freeze({
  at: 0,
  poor: 0,
  fair: 0,
  good: 0,
  patience: UP_S,
  since: 0,
  rose: false,
  wish: '',
})

const fresh = { poor: 0, fair: 0, good: 0, since: 0 }
const lowest = (state) => (state.wish === 'picture' ? SOUND - 1 : SOUND)

function down(state, reason) {
  const at = Math.min(lowest(state), Math.max(state.at + 1, reason === 'computer' ? SMALLER : 0))
  if (at <= state.at) return { ...state, ...fresh, since: state.since }
  const tooSoon = state.rose && state.since < TRIAL_S
  const patience = tooSoon ? Math.min(LONGEST_UP_S, state.patience * 2) : state.patience
  return { ...state, ...fresh, at, rose: false, patience }
}

const up = (state) => ({ ...state, ...fresh, at: state.at - 1, rose: true })

/** Reports of loss come in jumps: one good second between bad ones takes back one of them, not all. */
const leaky = (count, yes) => (yes ? count + 1 : Math.max(0, count - 1))

/** One second later, with what the connection was like in it. */
function heard(state, { level, reason }) {
  if (level === 'lost') return { ...state, ...fresh } // nothing is learned from an outage
  const ours = OURS.has(reason)
  const next = {
    ...state,
    since: state.since + 1,
    poor: leaky(state.poor, ours && level === 'poor'),
    fair: leaky(state.fair, ours),
    good: ours ? 0 : state.good + 1,
  }
  if (!next.at && next.since > SETTLED_S) next.patience = UP_S
  if (next.poor >= POOR_S || next.fair >= FAIR_S) return down(next, reason)
  return next.at > 0 && next.good >= next.patience ? up(next) : next
}

const moves = {
  heard,
  /** A wish for pictures ends silence at once; a wish for sound leaves the steps as they are. */
  wished(state, { wish }) {
    const at = wish === 'picture' ? Math.min(state.at, SOUND - 1) : state.at
    return { ...state, wish, at, ...fresh }
  },
}

/** The state after `event`: {type: 'heard', level, reason} once a second, or {type: 'wished', wish}. */
export const next = (state, event) => moves[event.type](state, event)
