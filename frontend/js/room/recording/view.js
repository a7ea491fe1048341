// Recording on the page: asked for, agreed to, marked in red, stopped by either; the side that asked writes it.
import { toast } from '../../components/toasts.js'
import { t } from '../../i18n.js'
import { inRoom } from '../state.js'
import { createMixer } from './mixer.js'
import { kindOf, startRecorder } from './recorder.js'
import { putPart } from './upload.js'

const none = Object.freeze({ state: 'none', by: '', at: '' })

export const recordingPart = ({ room, failed }) => {
  let offs = []
  let recorder = null
  let starting = false
  const theirs = { audio: null, camera: null, screen: null, sound: null }

  return {
    recording: none,
    role: '',
    inCall: false,
    busy: false,
    waitingBytes: 0,
    first: false, // of several on the page the one that writes and tells
    able: Boolean(kindOf(globalThis.MediaRecorder)),

    init() {
      this.listen()
      this.first = this.$el.dataset.recorder !== undefined
      if (!this.first) return
      const online = () => recorder?.hurry()
      const leaving = (event) => this.waitingBytes && event.preventDefault()
      addEventListener('online', online)
      addEventListener('beforeunload', leaving)
      offs.push(
        room.on('remote', (tracks) => Object.assign(theirs, tracks)),
        () => removeEventListener('online', online),
        () => removeEventListener('beforeunload', leaving),
      )
      this.$watch('recording', () => this.write())
      this.$watch('inCall', () => this.write())
    },
    listen() {
      offs.push(
        room.on('state', (next) => this.follow(next)),
        room.hear('recording', (recording) => this.become(recording)),
        room.hear('joined', ({ recording }) => recording && this.become(recording)),
      )
    },
    destroy() {
      this.rest()
      for (const off of offs.splice(0)) off()
    },

    follow(next) {
      this.role = next.entry?.role ?? ''
      this.inCall = next.phase === 'in-call' || (this.inCall && next.phase === 'reconnecting')
      if (!inRoom(next)) this.recording = none
    },
    become(next) {
      const was = this.recording.state
      if (next.state === was && next.by === this.recording.by) return
      this.recording = next
      if (!this.first) return
      if (was === 'asked' && next.state === 'declined' && next.by !== this.role) toast(t('room.recording.declined'))
      if (was === 'on' && next.state === 'stopped') toast(t('room.recording.stopped'))
    },

    get on() {
      return this.recording.state === 'on'
    },
    get wanted() {
      return this.recording.state === 'asked' && this.recording.by !== this.role
    },
    get asked() {
      return this.recording.state === 'asked' && this.recording.by === this.role
    },
    /** Whoever asked writes it: the second yes is the other's. */
    get writes() {
      return this.on && this.recording.by !== this.role
    },

    async wish(wish) {
      this.busy = true
      try {
        this.become((await room.api.post(`/rooms/${room.id}/recording`, { wish }, { quiet: true })) ?? none)
      } catch (error) {
        failed(error)
      }
      this.busy = false
    },
    press() {
      return this.wish(this.on || this.asked ? 'stop' : 'start')
    },

    async write() {
      if (!this.writes || !this.inCall) {
        if (!this.writes) this.rest()
        return
      }
      if (recorder || starting) return
      if (!this.able) return this.giveUp('room.recording.unable')
      starting = true
      try {
        recorder = await startRecorder({
          session: room.id,
          api: room.api,
          put: putPart,
          Recorder: MediaRecorder,
          makeMixer: () =>
            createMixer({ Context: AudioContext, page: document, tracks: this.tracks, shown: this.shown }),
          news: {
            waiting: (bytes) => (this.waitingBytes = bytes),
            lost: (words) => this.giveUp('room.recording.lost', { words }),
            broke: () => this.giveUp('room.recording.broke'),
          },
        })
        if (!this.writes) this.rest()
      } catch (error) {
        failed(error)
        await this.wish('stop')
      }
      starting = false
    },
    rest() {
      recorder?.stop()
      recorder = null
    },
    /** Nobody is to believe in a recording that is none. */
    async giveUp(key, values) {
      toast(t(key, values), 'bad')
      if (this.on) await this.wish('stop')
    },
    tracks: () => ({ theirs, ours: room.media.tracks() }),
    shown() {
      const ours = room.media.state()
      const other = room.state.peer.media ?? { camera: true, screen: false }
      return {
        theirs: { camera: other.camera, screen: other.screen },
        ours: { camera: ours.camera, screen: ours.screen },
      }
    },
  }
}
