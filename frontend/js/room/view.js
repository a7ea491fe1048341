// The room on the page: an Alpine component of states and actions around createRoom. It touches elements, never the network.
import { t } from '../i18n.js'
import { ending } from './endings.js'
import { shortcuts } from './keys.js'
import { createPictures } from './pictures.js'
import { createTimekeeping } from './timekeeping.js'
import { closingOf } from './timing.js'
import { asking, deviceHelp, joinLabel, said, stopwatch } from './words.js'

const SLOW_MS = 10_000
const LONGER_MS = 15 * 60_000
const SCREENS = { opening: 'door', refused: 'end', early: 'check', checking: 'check', left: 'end', ended: 'end' }

/**
 * `makeLevel(hear)` gives the meter; `failed(error)` tells of an action that did not work; `at` writes a moment in the
 * person's own zone.
 */
export function roomView({ room, makeLevel, failed, at, signIn }) {
  let level = null
  let pictures = null
  let time = null
  let state = null
  let spoken = ''
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
    working: false, // an answer of the server is awaited
    countdown: '',
    timer: { left: '', until: '' },
    note: '',
    extension: '',
    wait: { heading: '', text: '', rule: '' },
    question: { text: '', may: false },
    closing: { heading: '', text: '', home: '', booking: '' },
    mayRejoin: false,
    announced: '',
    panel: '', // what is open beside the call: chat, notes, board or plan

    init() {
      level = makeLevel((loudness) => (this.loudness = loudness))
      pictures = createPictures({ refs: () => this.$refs, level, muffled: (yes) => (this.muffled = yes) })
      time = createTimekeeping({ at, say: (words) => (this.announced = words), wanted: () => this.wishWords() })
      const tick = setInterval(() => this.tick(), 500)
      const wake = () => pictures.wake()
      const online = () => room.networkChanged()
      addEventListener('pointerdown', wake)
      addEventListener('online', online)
      navigator.connection?.addEventListener?.('change', online)
      offs = [
        room.on('state', (next) => this.become(next)),
        room.on('media', (snapshot) => (this.devices = snapshot)),
        room.on('track', pictures.own),
        room.on('remote', pictures.meet),
        room.on('quality', (word) => (this.quality = word)),
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
      Object.assign(this, { phase, why, socket, opensAt, entry, peer, screen })
      if (said(next) !== spoken) this.announced = spoken = said(next)
      if (screen === 'end') this.closing = ending(next)
      if (turned) this.$nextTick(() => this.$root.querySelector(`[data-screen="${screen}"] h1`)?.focus())
      if (!peer.here) this.quality = 'good'
      this.tick()
    },
    wake: () => pictures.wake(),
    tick() {
      const now = room.now()
      if (this.opensAt) this.countdown = stopwatch(Date.parse(this.opensAt) - now + 999)
      if (!this.entry) return
      Object.assign(this, time.look(state, now))
      this.mayRejoin = this.phase === 'left' && now < closingOf(this.entry)
      this.slow = this.phase === 'reconnecting' && Date.now() - troubled > SLOW_MS
    },

    get mentor() {
      return this.entry?.role === 'mentor'
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
    wishWords() {
      return t('room.extend.wanted', { name: this.other.name, time: at(Date.parse(this.entry.ends_at) + LONGER_MS) })
    },

    toggleMic() {
      if (this.screen === 'check' || this.screen === 'call') room.media.mute(this.micOn)
    },
    toggleCamera() {
      if (this.screen === 'check' || this.screen === 'call') room.media.show(!this.cameraOn)
    },
    choose: (kind, id) => room.media.choose(kind, id),
    openPanel(name) {
      this.panel = this.panel === name ? '' : name
    },
    retryDevices: () => room.media.open(),
    join() {
      performance.clearMarks('room:first-frame')
      performance.mark('room:join')
      return room.join()
    },
    again: () => room.start(),
    leave: () => room.leave(),
    async ask(work, refused) {
      this.working = true
      await work().catch(refused)
      this.working = false
    },
    end() {
      return this.ask(() => room.end().then(() => this.$refs.end.close()), failed)
    },
    extend() {
      return this.ask(room.extend, (error) => time.tell(error.message, room.now()))
    },
    refuseExtension() {
      return this.ask(room.refuseExtension, failed)
    },
  }
}
