// The connection's badge, its figures, and what is said when less is sent for its sake.
import { download } from '../../download.js'
import { browserOf, diagnosis } from './diagnosis.js'
import { createHistory } from './history.js'
import { createSteering } from './steering.js'
import { hintWords, levelWords, reasonWords, roundTrip, route, rows, savingWords, stepWords } from './words.js'

const HINT_AFTER = 3 // seconds that it must be weak before the page says so over the picture
const TONES = { excellent: 'text-good', good: 'text-good', fair: 'text-accent', poor: 'text-bad', lost: 'text-bad' }

/** Kept for this tab, so that a reload does not bring the pictures back. */
function memoryOf(id) {
  const key = `room:${id}:wish`
  return { read: () => sessionStorage.getItem(key) ?? '', keep: (wish) => sessionStorage.setItem(key, wish) }
}

export function qualityPart({ room }) {
  const history = createHistory()
  const memory = memoryOf(room.id)
  let steering = null
  let offs = []
  let weak = 0

  return {
    level: 'good',
    reason: '',
    figures: null,
    step: 'full',
    wish: '',
    held: '',
    theirs: '',
    hinted: false,
    said: '', // for screen readers

    init() {
      steering = createSteering({ room, changed: (now) => this.steered(now), wish: memory.read() })
      this.wish = steering.steps.wish
      offs = [
        room.on('quality', (level, sample, reason) => this.hear(level, sample, reason)),
        room.on('state', ({ phase, socket, why }) => this.follow(phase, socket, why)),
        room.on('line', (line) => history.note(line ? 'connection' : 'connection closed')),
        () => steering.close(),
      ]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },

    hear(level, sample, reason) {
      this.figures = history.add({ level, reason, sample, step: this.step }) ?? this.figures
      if (level !== this.level) history.note('level', { level, reason })
      weak = level === 'poor' ? weak + 1 : 0
      this.hinted = weak >= HINT_AFTER
      Object.assign(this, { level, reason })
    },
    follow(phase, socket, why) {
      history.note('state', { phase, socket, ...(why && { why }) })
      if (phase === 'in-call') return
      weak = 0
      this.hinted = false
      if (phase !== 'reconnecting') Object.assign(this, { level: 'good', reason: '', figures: null })
    },
    steered(now) {
      if (now.step !== this.step) history.note('step', { step: now.step })
      Object.assign(this, now)
      this.said = this.saving
    },

    get name() {
      return room.state.entry?.peer.name ?? ''
    },
    get tone() {
      return TONES[this.level]
    },
    get levelWords() {
      return levelWords(this.level)
    },
    get reasonWords() {
      return reasonWords(this.reason, this.name)
    },
    get hintWords() {
      return hintWords(this.reason)
    },
    get saving() {
      return savingWords(this, this.name)
    },
    get less() {
      return stepWords(this.step)
    },
    get rows() {
      return this.figures ? rows(this.figures) : []
    },
    get roundTrip() {
      return this.figures ? roundTrip(this.figures) : ''
    },
    get route() {
      return this.figures ? route(this.figures) : ''
    },

    /** '' | sound | picture */
    choose(wish) {
      steering.wish(wish)
      memory.keep(wish === 'sound' ? wish : '') // to insist on pictures is for this connection only
    },
    toggleSound() {
      this.choose(this.wish === 'sound' ? '' : 'sound')
    },
    async save() {
      const made = new Date().toISOString()
      const report = await room.stats().catch(() => null)
      const file = diagnosis({
        made,
        session: room.id,
        state: room.state,
        history,
        report,
        browser: browserOf(globalThis),
        steps: steering.steps,
      })
      download(`call-${made.slice(0, 19).replaceAll(':', '-')}.json`, JSON.stringify(file, null, 1), 'application/json')
    },
  }
}
