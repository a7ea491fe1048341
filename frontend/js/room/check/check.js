// Before joining: a sound to hear, and whether this network lets a call through.
import { t } from '../../i18n.js'
import { checkNetwork } from './network.js'
import { playTone } from './tone.js'

const AFTER_MS = 3000 // by itself, once the camera has had the machine to itself

export const checkPart = ({ room, Connection, Context }) => {
  let offs = []
  let timer = null
  let stop = new AbortController()

  return {
    tone: '', // playing | failed
    network: '', // checking | direct | relay | direct-only | blocked | unknown
    delay: 0,
    asksSpeaker: Boolean(navigator.mediaDevices?.selectAudioOutput),

    init() {
      offs = [room.on('state', ({ phase }) => this.expect(phase))]
    },
    destroy() {
      clearTimeout(timer)
      for (const off of offs.splice(0)) off()
    },
    expect(phase) {
      clearTimeout(timer)
      if (phase !== 'checking') return this.leaveOff()
      if (!this.network) timer = setTimeout(() => this.checkNetwork(), AFTER_MS)
    },

    async playTone() {
      if (this.tone === 'playing') return
      this.tone = 'playing'
      try {
        await playTone({ Context, player: this.$refs.tone, speaker: this.devices.chosen.speaker })
        this.tone = ''
      } catch {
        this.tone = 'failed'
      }
    },
    pickSpeaker: () => room.media.pickSpeaker().catch(() => {}),
    /** The call needs the machine for itself. */
    leaveOff() {
      stop.abort()
      stop = new AbortController()
      if (this.network === 'checking') this.network = ''
    },
    async checkNetwork() {
      clearTimeout(timer)
      if (this.network === 'checking') return
      this.network = 'checking'
      const { signal } = stop
      const none = { word: 'unknown', ms: null }
      const servers = await room.ice()
      if (signal.aborted) return
      const found = checkNetwork({ Connection, servers, stop: signal })
      const { word, ms } = await found.catch(() => none)
      if (!signal.aborted) Object.assign(this, { network: word, delay: Math.round(ms ?? 0) })
    },
    get networkGood() {
      return this.network === 'direct' || this.network === 'relay'
    },
    get networkBad() {
      return this.network === 'direct-only' || this.network === 'blocked'
    },
    get networkWords() {
      if (!this.network) return ''
      return t(`room.network.${this.network}`, { ms: this.delay })
    },
  }
}
