// The safety code on the page: shown while two people are connected, made anew with each connection.
import { codeOf } from './code.js'

export function safetyPart({ room }) {
  let offs = []
  let shown = '' // whose fingerprints the code was made of
  let turn = 0

  return {
    groups: [],
    renewed: false, // it is another one than before in this call

    init() {
      offs = [
        room.on('state', ({ phase }) => this.look(phase)),
        room.on('line', (line) => !line && this.clear()),
        () => (turn = 0),
      ]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },

    clear() {
      turn++
      this.groups = []
    },
    async look(phase) {
      const found = phase === 'in-call' ? room.fingerprints() : null
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
