// The room on the page: an Alpine component of states and actions around createRoom. It touches elements, never the network.
import { t } from '../i18n.js'
import { shortcuts } from './keys.js'
import { asking, deviceHelp, joinLabel, progress, said, stopwatch, waiting } from './words.js'

const SLOW_MS = 10_000
const GRACE_MS = 10 * 60_000 // the room closes so long after the scheduled end
const SCREENS = { opening: 'door', refused: 'end', early: 'check', checking: 'check', left: 'end', ended: 'end' }

/** A picture that may be long in coming must not hold back the page's load event. */
function loaded(work) {
  if (document.readyState === 'complete') work()
  else addEventListener('load', work, { once: true })
}

/** `makeRoom(news)` gives the room; `makeLevel(hear)` the meter; `failed(error)` tells of an action that did not work. */
export function roomView({ makeRoom, makeLevel, failed, signIn }) {
  let room = null
  let level = null
  let state = null
  let offs = []
  let troubled = 0 // since when we are reconnecting

  return {
    signIn,
    phase: 'opening',
    why: '',
    screen: 'door',
    socket: 'up',
    opensAt: '',
    entry: null,
    peer: { here: false, gone: '', media: null },
    devices: {
      word: { mic: 'off', camera: 'off' },
      lists: { mic: [], camera: [] },
      chosen: { mic: '', camera: '' },
      state: {},
    },
    loudness: 0,
    quality: 'good',
    muffled: false, // the browser would not play sound before a touch
    slow: false,
    ending: false,
    countdown: '',
    timer: { elapsed: '', left: '' },
    wait: { heading: '', text: '' },
    mayRejoin: false,
    announced: '',

    init() {
      level = makeLevel((loudness) => (this.loudness = loudness))
      room = makeRoom({
        state: (next) => this.become(next),
        media: (snapshot) => (this.devices = snapshot),
        track: (name, track) => this.own(name, track),
        remote: (tracks) => this.meet(tracks),
        quality: (word) => (this.quality = word),
        trouble: () => {},
      })
      const tick = setInterval(() => this.tick(), 500)
      const wake = () => this.wake()
      const online = () => room.networkChanged()
      addEventListener('pointerdown', wake)
      addEventListener('online', online)
      navigator.connection?.addEventListener?.('change', online)
      offs = [
        () => clearInterval(tick),
        () => removeEventListener('pointerdown', wake),
        () => removeEventListener('online', online),
        () => navigator.connection?.removeEventListener?.('change', online),
        shortcuts(document, { m: () => this.toggleMic(), v: () => this.toggleCamera() }),
      ]
      room.start()
    },
    destroy() {
      for (const off of offs.splice(0)) off()
      level.close()
      room.close()
    },

    become(next) {
      if (next.phase === 'reconnecting' && this.phase !== 'reconnecting') troubled = Date.now()
      state = next
      const { phase, why, socket, opensAt, entry, peer } = next
      const screen = SCREENS[phase] ?? 'call'
      const turned = screen !== this.screen
      Object.assign(this, { phase, why, socket, opensAt, entry, peer, screen, announced: said(next) })
      if (turned) this.$nextTick(() => this.$root.querySelector(`[data-screen="${screen}"] h1`)?.focus())
      if (!peer.here) this.quality = 'good'
      this.tick()
    },
    own(name, track) {
      if (name === 'audio') return level.follow(track)
      // Never an empty stream: it would hold back the page's load event for ever.
      for (const video of [this.$refs.preview, this.$refs.self])
        video.srcObject = track ? new MediaStream([track]) : null
    },
    /** Two elements: in one, a camera that is off would hold back the sound. */
    meet({ audio, camera }) {
      const { voice, remote } = this.$refs
      voice.srcObject = new MediaStream([audio])
      voice.play().catch((error) => (this.muffled = error.name === 'NotAllowedError'))
      remote.requestVideoFrameCallback?.(() => performance.mark('room:first-frame'))
      loaded(() => (remote.srcObject = new MediaStream([camera])))
    },
    wake() {
      level.wake()
      if (this.muffled)
        this.$refs.voice.play().then(
          () => (this.muffled = false),
          () => {},
        )
    },
    tick() {
      const now = room.now()
      if (this.opensAt) this.countdown = stopwatch(Date.parse(this.opensAt) - now + 999)
      if (!this.entry) return
      this.timer = progress(this.entry.session, now)
      if (this.phase === 'waiting') this.wait = waiting(state, now)
      this.mayRejoin = this.phase === 'left' && now < Date.parse(this.entry.ends_at) + GRACE_MS
      this.slow = this.phase === 'reconnecting' && Date.now() - troubled > SLOW_MS
    },

    get mentor() {
      return this.entry?.role === 'mentor'
    },
    get home() {
      return this.mentor ? '/mentor' : '/dashboard'
    },
    get other() {
      return { id: '', name: this.entry?.peer.name ?? '', photo_url: this.entry?.peer.photo_url ?? null }
    },
    get me() {
      return { id: '', name: this.entry?.you.name ?? '', photo_url: null }
    },
    get micOn() {
      return Boolean(this.devices.state.mic)
    },
    get cameraOn() {
      return Boolean(this.devices.state.camera)
    },
    get theirCamera() {
      return this.peer.media ? this.peer.media.camera : true
    },
    get theirMic() {
      return this.peer.media ? this.peer.media.mic : true
    },
    get joinLabel() {
      return joinLabel(this.devices.word, this.mentor && this.entry.session.status !== 'live')
    },
    get asking() {
      return asking(this.devices.word)
    },
    help(kind) {
      return deviceHelp(kind, this.devices.word[kind])
    },
    qualityWords() {
      return t(`room.quality.${this.quality}`)
    },
    endWords(part) {
      const end = `${this.phase}-${this.why}-${part}`
      return this.screen === 'end' ? t(`room.end.${end}`) : ''
    },

    toggleMic() {
      if (this.screen === 'check' || this.screen === 'call') room.media.mute(this.micOn)
    },
    toggleCamera() {
      if (this.screen === 'check' || this.screen === 'call') room.media.show(!this.cameraOn)
    },
    choose: (kind, id) => room.media.choose(kind, id),
    retryDevices: () => room.media.open(),
    join() {
      performance.clearMarks('room:first-frame')
      performance.mark('room:join')
      return room.join()
    },
    again: () => room.start(),
    leave: () => room.leave(),
    async end() {
      this.ending = true
      try {
        await room.end()
        this.$refs.end.close()
      } catch (error) {
        failed(error)
      }
      this.ending = false
    },
  }
}
