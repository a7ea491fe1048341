// Captions: whoever wants them asks the other, whose browser then writes what they say; nobody's speech is written unasked,
// nor while their microphone is off.
import { t } from '../../i18n.js'
import { inRoom } from '../state.js'
import { createHearing } from './hearing.js'

const LONGEST = 300
const SHOWN_MS = 8000
const LINES = 3
const EVERY_MS = 600 // a line that grows is told so often; each time is a message
const HEARD = new Set(['in-call', 'reconnecting'])
const WORDS = ['on', 'off', 'unable']

const ours = {
  Recognition: globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition,
  language: globalThis.navigator?.language,
  timers: globalThis,
  now: Date.now,
}

export const captionsPart = ({ room, failed }, { Recognition, language, timers, now } = ours) => {
  let offs = []
  let hearing = null
  let count = 0
  let phase = ''
  let told = 0
  let rest = null // what is yet to be told of a line that grows

  return {
    wanted: false, // by us
    theyWant: false,
    writes: false, // what we say may be written, and is while we can be heard
    theirs: 'unknown', // what the other's browser does about it: unknown, asked, on, off or unable
    lines: [],

    init() {
      if (this.$el.dataset.captions === undefined) return
      hearing = Recognition && createHearing({ Recognition, language, news: this.news(), timers })
      offs = [
        room.on('said', (what) => this.hear(what)),
        room.on('state', (next) => this.follow(next)),
        room.on('media', () => this.attend()),
      ]
    },
    destroy() {
      hearing?.stop()
      timers.clearTimeout(rest)
      for (const off of offs.splice(0)) off()
    },
    news() {
      return {
        heard(text, final) {
          timers.clearTimeout(rest)
          const wait = final ? 0 : told + EVERY_MS - now()
          const tell = () => ((told = now()), room.say('caption', { text: text.slice(-LONGEST), final }))
          if (wait > 0) rest = timers.setTimeout(tell, wait)
          else tell()
        },
        failed: () => {
          this.writes = false
          failed(new Error(t('room.captions.failed')))
          this.answer('unable')
        },
      }
    },

    /** The other may come back on another page; one who has said no is not asked again. */
    follow(next) {
      const met = next.phase === 'in-call' && phase !== 'in-call'
      phase = next.phase
      if (!inRoom(next)) Object.assign(this, { wanted: false, writes: false, theirs: 'unknown', lines: [] })
      if (!HEARD.has(phase)) this.theyWant = false
      if (!inRoom(next)) timers.clearTimeout(rest)
      if (met && this.wanted && this.theirs !== 'off') room.say('captions-wanted', { yes: true })
      this.attend()
    },
    attend() {
      if (this.writes && HEARD.has(phase) && room.media.state().mic) hearing.start()
      else hearing?.stop()
    },

    hear({ kind, ...what }) {
      if (kind === 'captions-wanted') this.asked(Boolean(what.yes))
      if (kind === 'captions') this.theirs = WORDS.includes(what.word) ? what.word : 'unknown'
      if (kind !== 'caption') return
      if (this.wanted) this.show(String(what.text ?? '').slice(0, LONGEST), Boolean(what.final))
      else room.say('captions-wanted', { yes: false }) // this page is another than the one that asked
    },
    asked(yes) {
      this.theyWant = yes && Boolean(hearing) && !this.writes
      if (yes && !hearing) this.answer('unable')
      if (yes && this.writes) this.answer('on')
      if (!yes) this.write(false)
    },
    /** The last line grows until it is final; one that nothing is added to goes too. */
    show(text, final) {
      const last = this.lines.at(-1)
      const turn = ++count
      const line = { id: last && !last.final ? last.id : turn, text, final, turn }
      this.lines = [...this.lines.filter(({ id }) => id !== line.id), line].slice(-LINES)
      timers.setTimeout(() => (this.lines = this.lines.filter((each) => each.turn !== turn)), SHOWN_MS)
    },

    toggle() {
      this.wanted = !this.wanted
      this.theirs = this.wanted ? 'asked' : 'unknown'
      if (!this.wanted) this.lines = []
      room.say('captions-wanted', { yes: this.wanted })
    },
    write(yes) {
      this.theyWant = false
      this.writes = yes
      this.attend()
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
