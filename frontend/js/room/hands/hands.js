// Raised hands and reactions: a hand stays up until it is taken down, a reaction is gone in a moment.
import { t } from '../../i18n.js'

export const REACTIONS = { thumb: '👍', heart: '❤️', clap: '👏', laugh: '😄', idea: '💡', puzzled: '🤔', done: '✅' }
const SHOWN_MS = 5000
const MOST_SHOWN = 6

export const handsPart = ({ room }) => {
  let offs = []
  let count = 0

  return {
    theirHand: false,
    ownHand: false,
    open: false,
    shown: [],
    saidOfThem: '',

    init() {
      offs = [
        room.on('state', ({ peer, entry }) => {
          const raised = Boolean(peer.here && peer.media?.hand)
          if (raised && !this.theirHand) this.saidOfThem = t('room.hand.theirs', { name: entry.peer.name })
          this.theirHand = raised
        }),
        room.on('media', ({ state }) => (this.ownHand = Boolean(state.hand))),
        room.on('said', (what) => what.kind === 'reaction' && this.show(what.which, room.state.entry.peer.name)),
      ]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },
    raise() {
      room.media.raise(!this.ownHand)
    },
    react(which) {
      this.open = false
      room.say('reaction', { which })
      this.$dispatch('reacted', { which })
    },
    showOwn({ detail }) {
      this.show(detail.which, t('room.you'))
    },
    /** Of what the other sends only what we know is shown. */
    show(which, name) {
      if (!Object.hasOwn(REACTIONS, which)) return
      const id = ++count
      const words = t('room.react.said', { name, what: t(`room.react.${which}`) })
      this.shown = [...this.shown, { id, mark: REACTIONS[which], words }].slice(-MOST_SHOWN)
      setTimeout(() => (this.shown = this.shown.filter((each) => each.id !== id)), SHOWN_MS)
    },
  }
}
