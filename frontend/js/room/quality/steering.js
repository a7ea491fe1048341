// Sends as much as the line carries: acts on the steps, and tells the other why our picture is held back.
import { begin, next, SOUND, STEPS } from '../steps.js'

/**
 * `room` is the page's; `changed(now)` hears {step, wish, held, theirs}: held is why our camera, though on, is not sent: '' |
 * line | choice (we want sound alone) | other (they do); theirs the same of them.
 */
export function createSteering({ room, changed, wish = '' }) {
  let steps = next(begin, { type: 'wished', wish })
  let media = {} // theirs
  let told = ''
  let set = {} // what each sender does now
  let phase = ''
  const turns = { camera: Promise.resolve(), screen: Promise.resolve() }

  function why() {
    if (steps.wish === 'sound') return 'choice'
    if (media.sound_only) return 'other'
    return steps.at === SOUND ? 'line' : ''
  }

  /** One change at a time for each sender: browsers refuse a second one meanwhile. */
  function tune(name, change) {
    const words = JSON.stringify(change)
    if (set[name] === words) return
    set[name] = words
    turns[name] = turns[name].then(() => room.tune(name, change)).catch(() => (set[name] = ''))
  }

  function act() {
    const { camera, screen } = STEPS[steps.at]
    const held = why()
    tune('camera', held ? { active: false } : camera)
    tune('screen', screen)
    const shown = held && room.media.state().camera
    room.note({
      camera: held ? false : undefined,
      held: shown ? held : undefined,
      sound_only: steps.wish === 'sound' || undefined,
    })
    tell({ step: STEPS[steps.at].word, wish: steps.wish, held: shown ? held : '', theirs: media.held ?? '' })
  }

  function tell(now) {
    if (told === JSON.stringify(now)) return
    told = JSON.stringify(now)
    changed(now)
  }

  function become(event) {
    const was = steps
    steps = next(steps, event)
    if (steps.at !== was.at || steps.wish !== was.wish) act()
  }

  function follow(state) {
    phase = state.phase
    media = state.peer.media ?? {}
    if (phase === 'in-call') act()
  }

  /** A new connection sends all there is by itself; to say so again would only make its encoder begin anew. */
  const begun = () => (set = { camera: JSON.stringify(STEPS[0].camera), screen: JSON.stringify(STEPS[0].screen) })

  const offs = [
    room.on('line', (line) => line && begun()),
    room.on('state', follow),
    room.on('media', () => phase === 'in-call' && act()),
    room.on('quality', (level, _, reason) => phase === 'in-call' && become({ type: 'heard', level, reason })),
  ]

  return {
    wish: (word) => become({ type: 'wished', wish: word }),
    get steps() {
      return steps
    },
    close: () => offs.splice(0).forEach((off) => off()),
  }
}
