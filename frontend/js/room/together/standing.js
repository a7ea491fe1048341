// How it stands with the shared document, in words for every panel of it: loaded, saved, in step with the other, full.
import { t } from '../../i18n.js'

const PANEL = { notes: 'notes', code: 'notes', board: 'board' } // by where the other is

/** The Alpine component with all of this beside its own; it calls standBy and standDown. */
export const withStanding = (together, room, component) =>
  Object.defineProperties(standing(together, room), Object.getOwnPropertyDescriptors(component))

function standing(together, room) {
  const offs = []
  return {
    ready: '', // then loading, ready or failed
    saved: 'saved',
    line: 'none',
    theirPlace: '',
    fullness: 'fine',
    loaded: false,
    leftOut: false,

    /** `panel` is the name of ours; `badge` marks its button when the other has done something there. */
    standBy(panel, badge = () => {}) {
      const { whole } = together
      if (whole) this.stand(whole.heard)
      offs.push(
        together.on('state', (word) => (this.saved = word)),
        together.on('line', (word) => (this.line = word)),
        together.on('theirs', (theirs) => (this.theirPlace = theirs?.at ?? '')),
        together.on('fullness', (word) => (this.fullness = word)),
        together.on('loaded', () => (this.loaded = true)),
        together.on('refused', () => (this.leftOut = true)),
        together.on('changed', (origin) => origin === 'wire' && PANEL[this.theirPlace] === panel && badge(panel, true)),
      )
    },
    stand({ state, line, theirs, fullness, loaded }) {
      Object.assign(this, { saved: state, line, theirPlace: theirs?.at ?? '', fullness, loaded })
    },
    standDown() {
      for (const off of offs.splice(0)) off()
    },

    get otherName() {
      return room.state.entry?.peer.name ?? ''
    },
    get savedWords() {
      return this.loaded ? t(`room.together.state.${this.saved}`) : t('room.together.state.loading')
    },
    get lineWords() {
      const name = this.otherName
      if (this.line === 'open') return this.theirPlace ? t(`room.together.at.${this.theirPlace}`, { name }) : ''
      return t(this.line === 'muted' ? 'room.together.line.muted' : 'room.together.line.none', { name })
    },
    get fullWords() {
      return t(this.fullness === 'full' ? 'room.together.full' : 'room.together.no_room')
    },
    get warning() {
      if (this.leftOut) return t('room.together.left_out', { name: this.otherName })
      if (this.fullness === 'fine') return ''
      return t(this.fullness === 'full' ? 'room.together.full' : 'room.together.near')
    },
  }
}
