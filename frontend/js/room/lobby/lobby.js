// The waiting room as both see it: the learner who waits, the mentor who lets them in, and whoever will be late.
import { inRoom } from '../state.js'
import { lateWords, lobbyWords, ownLateWords } from './words.js'

const SOON_MS = 60 * 60_000 // nobody says an hour ahead that they will be late

export const lobbyPart = ({ room, failed }) => {
  let offs = []

  return {
    waits: false, // we do
    knocks: false, // the learner does, and we are the mentor
    words: { heading: '', text: '', opens: '' },
    theyAreLate: '',
    weAreLate: '',
    maySayLate: false,
    busy: false,

    init() {
      const tick = setInterval(() => this.follow(room.state), 1000)
      offs = [() => clearInterval(tick), room.on('state', (next) => this.follow(next))]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },
    follow(state) {
      if (!state.entry) return
      this.waits = state.phase === 'lobby'
      this.knocks = state.knocking && inRoom(state)
      if (this.waits) this.words = lobbyWords(state, room.now())
      this.theyAreLate = lateWords(state)
      this.weAreLate = ownLateWords(state)
      const left = Date.parse(state.entry.session.starts_at) - room.now()
      this.maySayLate = ['early', 'checking'].includes(state.phase) && left < SOON_MS && !state.peer.here
    },
    async act(work) {
      this.busy = true
      await work().catch(failed)
      this.busy = false
    },
    letIn() {
      return this.act(room.door.admit)
    },
    sayLate(minutes) {
      this.$refs.late.close()
      return this.act(() => room.sayLate(minutes))
    },
  }
}
