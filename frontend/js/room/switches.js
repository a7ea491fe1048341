// Microphone, camera and screen on the page: what is on, what can be chosen, and what to do where a device is refused.
import { t } from '../i18n.js'
import { asking, deviceHelp, joinLabel } from './words.js'

const AT_HAND = new Set(['check', 'call'])

/** `failed(error)` tells of an action that did not work; `place` is {browser, system}. */
export const switches = ({ room, failed, place, keep }) => {
  let pressed = false // what changes does so because somebody wants it to

  return {
    devices: {
      word: { mic: 'off', camera: 'off' },
      lists: { mic: [], camera: [], speaker: [] },
      chosen: { mic: '', camera: '', speaker: '' },
      cleaning: { echo: true, noise: true, gain: true },
      way: 'both',
      state: {},
    },
    mayShare: room.media.share.able,
    picksSpeaker: 'setSinkId' in HTMLMediaElement.prototype,

    get micOn() {
      return Boolean(this.devices.state.mic)
    },
    get cameraOn() {
      return Boolean(this.devices.state.camera)
    },
    get sharing() {
      return Boolean(this.devices.state.screen)
    },
    get joinLabel() {
      return joinLabel(this.devices.word, this.mentor && this.entry.session.status !== 'live')
    },
    get asking() {
      return asking(this.devices.word)
    },
    help(kind) {
      return deviceHelp(kind, this.devices.word[kind], place)
    },
    /** The words for both, once, where they are the same trouble: one list of steps is enough. */
    get helps() {
      return [...new Set([this.help('camera'), this.help('mic')])].filter(Boolean)
    },

    toggleMic() {
      if (AT_HAND.has(this.screen)) return this.press('mic', room.media.mute(this.micOn))
    },
    toggleCamera() {
      if (AT_HAND.has(this.screen)) return this.press('camera', room.media.show(!this.cameraOn))
    },
    /** What could not be switched on is explained where it can be mended. */
    async press(kind, work) {
      pressed = true
      await work.finally(() => (pressed = false))
      if (this.screen === 'call' && this.help(kind)) this.openDialog('devices')
    },
    /** A device that goes amid the call is told of: it would not be noticed else. */
    tellTrouble(next) {
      if (pressed || this.screen !== 'call') return
      for (const [kind, word] of Object.entries(next)) {
        const help = word !== this.devices.word[kind] && deviceHelp(kind, word, place)
        if (help) failed(new Error(help))
      }
    },
    async toggleShare() {
      if (this.screen !== 'call' || !this.mayShare) return
      this.closeMore()
      if (this.sharing) return room.media.share.stop()
      await room.media.share.start(() => this.screen === 'call').catch(() => failed(new Error(t('room.share.failed'))))
    },
    toggleHand() {
      if (this.screen === 'call') room.media.raise(!this.devices.state.hand)
    },
    choose(kind, id) {
      return this.press(kind, room.media.choose(kind, id)).then(() => keep(false))
    },
    clean(what, yes) {
      return room.media.clean({ [what]: yes }).then(() => keep(false))
    },
    come: (way) => room.media.come(way),
    retryDevices() {
      return this.press('', room.media.open())
    },
  }
}
