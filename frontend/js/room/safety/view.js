// The safety code on the page: shown while two people are connected, made anew with each connection.
import { codeOf } from './code.js'

const LATER_MS = 1500 // the first picture goes first

export function safetyPart({ room }) {
  let offs = []
  let shown = '' // whose fingerprints the code was made of
  let turn = 0
  let timer = null

  return {
    groups: [],
    renewed: false, // it is another one than before in this call

    init() {
      offs = [
        room.on('state', ({ phase }) => this.follow(phase)),
        room.on('line', (line) => !line && this.clear()),
        () => clearTimeout(timer),
      ]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },

    clear() {
      turn++
      this.groups = []
    },
    follow(phase) {
      if (phase !== 'in-call' || timer) return
      timer = setTimeout(() => ((timer = null), this.look()), LATER_MS)
    },
    async look() {
      const found = room.state.phase === 'in-call' ? room.fingerprints() : null
      if (!found) return
      const words = `${found.own} ${found.theirs}`
      if (words === shown && this.groups.length) return
      const mine = ++turn
      const groups = await codeOf(found)
      if (mine !== turn) return
      this.renewed = Boolean(shown) && shown !== words
      shown = words
      this.groups = groups
    },
    /** As one says it aloud. */
    get spoken() {
      return this.groups.join(' ')
    },
  }
}
