// Captions: whoever wants them asks the other, whose browser then writes what they say; nobody's speech is written unasked.
import { failed } from '../../components/toasts.js'
import { t } from '../../i18n.js'
import { createHearing } from './hearing.js'

const LONGEST = 300
const SHOWN_MS = 8000
const LINES = 3
const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition

export const captionsPart = ({ room }) => {
  let offs = []
  let hearing = null
  let count = 0

  return {
    wanted: false, // by us
    theyWant: false,
    writes: false, // what we say is being written
    theirs: 'unknown', // what the other's browser does about it: unknown, asked, on, off or unable
    lines: [],

    init() {
      if (this.$el.dataset.captions === undefined) return
      hearing = Recognition && createHearing({ Recognition, language: navigator.language, news: this.news() })
      offs = [
        room.on('said', (what) => this.hear(what)),
        room.on('state', ({ phase }) => phase === 'in-call' && this.repeat()),
      ]
    },
    destroy() {
      hearing?.stop()
      for (const off of offs.splice(0)) off()
    },
    news() {
      return {
        heard: (text, final) => room.say('caption', { text: text.slice(-LONGEST), final }),
        failed: () => {
          this.writes = false
          failed(new Error(t('room.captions.failed')))
          this.answer('unable')
        },
      }
    },

    hear({ kind, ...what }) {
      if (kind === 'captions-wanted') this.asked(Boolean(what.yes))
      if (kind === 'captions') this.theirs = ['on', 'off', 'unable'].includes(what.word) ? what.word : 'unknown'
      if (kind === 'caption' && this.wanted) this.show(String(what.text ?? '').slice(0, LONGEST), Boolean(what.final))
    },
    asked(yes) {
      this.theyWant = yes && Boolean(hearing) && !this.writes
      if (yes && !hearing) this.answer('unable')
      if (yes && this.writes) this.answer('on')
      if (!yes) this.write(false)
    },
    /** The last line grows until it is final. */
    show(text, final) {
      const last = this.lines.at(-1)
      const line = last && !last.final ? { ...last, text, final } : { id: ++count, text, final }
      this.lines = [...this.lines.filter(({ id }) => id !== line.id), line].slice(-LINES)
      if (final) setTimeout(() => (this.lines = this.lines.filter(({ id }) => id !== line.id)), SHOWN_MS)
    },

    toggle() {
      this.wanted = !this.wanted
      this.theirs = this.wanted ? 'asked' : 'unknown'
      if (!this.wanted) this.lines = []
      room.say('captions-wanted', { yes: this.wanted })
    },
    /** The other may be on another page now. */
    repeat() {
      if (this.wanted) room.say('captions-wanted', { yes: true })
    },
    write(yes) {
      this.theyWant = false
      this.writes = yes
      if (yes) hearing.start()
      else hearing?.stop()
      this.answer(yes ? 'on' : 'off')
    },
    answer(word) {
      room.say('captions', { word })
    },
    get words() {
      if (!this.wanted || this.lines.length) return ''
      return t(`room.captions.${this.theirs}`, { name: room.state.entry?.peer.name ?? '' })
    },
  }
}
