// How the call looks: what is large, where one's own picture is, what else the page does while it lasts.
import { t } from '../../i18n.js'
import { arrange, bring, follow, LAYOUTS, PLACES } from './arrange.js'
import { createAwake } from './awake.js'
import { createLarger } from './larger.js'
import { createMediaKeys } from './media-keys.js'
import { createMuteHint } from './mute-hint.js'

const one = (list, word) => (list.includes(word) ? word : list[0])

/** `find(name)` gives an element; `habits` what was chosen on an earlier visit; `failed(error)` tells of what did not work. */
export const looks = ({ room, find, habits, makeLevel, failed }) => {
  const kept = habits.read() ?? {}
  const larger = createLarger({ page: document })
  const awake = createAwake({ wakeLock: navigator.wakeLock, page: document })
  let hint = null
  let keys = null
  let voice = null

  return {
    layout: one(LAYOUTS, kept.layout),
    place: one(PLACES, kept.place),
    keysOn: kept.keys !== false,
    order: [], // whose screens are shared, the latest first
    real: false, // a shared screen in its own size
    talksMuted: false, // one speaks while muted
    floats: larger.floats,
    fills: larger.fills,
    floating: false,
    filling: false,

    get together() {
      return this.peer.here && (this.phase === 'in-call' || this.phase === 'reconnecting')
    },
    get theirScreen() {
      return Boolean(this.peer.here && this.peer.media?.screen)
    },
    get look() {
      const { layout, place, panel, together } = this
      return arrange({ wish: layout, place, panel, together, sharing: [...this.order] })
    },

    /** Gives back what ends it all. */
    beginLooks() {
      const toggled = () => Object.assign(this, { floating: larger.floating, filling: larger.filling })
      const events = ['fullscreenchange', 'enterpictureinpicture', 'leavepictureinpicture']
      const actions = {
        togglemicrophone: () => this.toggleMic(),
        togglecamera: () => this.toggleCamera(),
        hangup: () => this.leave(),
      }
      hint = createMuteHint({ makeLevel, show: (yes) => (this.talksMuted = yes) })
      keys = createMediaKeys({ session: navigator.mediaSession, actions })
      for (const event of events) document.addEventListener(event, toggled)
      return [
        room.on('track', (name, track) => name === 'audio' && ((voice = track), this.followLooks())),
        () => events.forEach((event) => document.removeEventListener(event, toggled)),
        () => [hint, keys, awake].forEach((each) => each.close()),
      ]
    },
    /** Something about the call or the devices has changed; resolves when what floats has followed. */
    async followLooks() {
      const inside = this.screen === 'call'
      const was = this.look.screen
      const order = follow(this.order, { mine: this.sharing, theirs: this.theirScreen })
      if (order !== this.order) this.shared(this.order, (this.order = order))
      hint.follow(voice, inside && !this.micOn)
      awake.keep(inside)
      keys.tell({ mic: this.micOn, camera: this.cameraOn })
      if (!inside) return larger.close()
      if (this.look.screen === was) return
      this.real = false
      await larger.move(this.large()).catch(() => {})
    },
    /** Who cannot see it hears of it. */
    shared(was, now) {
      const name = this.other.name
      const turned = (side) => was.includes(side) !== now.includes(side)
      if (turned('mine')) this.announced = now.includes('mine') ? t('room.said.share_on') : t('room.said.share_off')
      if (!turned('theirs')) return
      if (now.includes('theirs')) this.announced = t('room.said.their_share_on', { name })
      else if (this.peer.here) this.announced = t('room.said.their_share_off', { name })
    },
    large() {
      return find(this.look.screen === 'theirs' ? 'screen' : 'remote')
    },
    hearMuted: () => hint.wake(),

    see(side) {
      this.order = bring([...this.order], side)
    },
    arrangeAs(layout) {
      this.layout = layout
      habits.change({ layout })
    },
    putSelf(place) {
      this.place = place
      habits.change({ place })
    },
    switchKeys(yes) {
      this.keysOn = yes
      habits.change({ keys: yes })
    },
    float() {
      this.closeMore(true)
      return larger.float(this.large()).catch(failed)
    },
    fill() {
      this.closeMore(true)
      return larger.fill().catch(failed)
    },
  }
}
