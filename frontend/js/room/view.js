// The room on the page: an Alpine component of states and actions around createRoom. It touches elements, never the network.
import { t } from '../i18n.js'
import { compose } from './compose.js'
import { ending } from './endings.js'
import { going } from './going.js'
import { shortcuts } from './keys.js'
import { panels } from './panels.js'
import { createPictures } from './pictures.js'
import { looks } from './stage/looks.js'
import { sides } from './sides.js'
import { switches } from './switches.js'
import { createTimekeeping } from './timekeeping.js'
import { closingOf } from './timing.js'
import { said, stopwatch } from './words.js'

const SLOW_MS = 10_000
const LONGER_MS = 15 * 60_000
const SCREENS = { opening: 'door', refused: 'end', early: 'check', checking: 'check', left: 'end', ended: 'end' }

/**
 * `makeLevel(hear)` gives the meter; `failed(error)` tells of an action that did not work; `at` writes a moment in the
 * person's own zone; `habits` are the choices kept between visits; `place` is {browser, system}; `news` hears badge(panel, yes);
 * `furnish()` fetches what only the call needs, which is wanted at once by one who `returns` to it.
 */
export function roomView({ room, makeLevel, failed, at, signIn, habits, place, news, furnish, returns }) {
  let element = null
  const root = () => element
  const find = (name) => element.querySelector(`[x-ref="${name}"]`)
  /** How one comes is decided before joining; which devices, at any time. */
  const keep = (all) => {
    const now = room.media.wishes()
    const { mic, camera, listen } = all ? now : { ...now, ...habits.read()?.wishes }
    habits.change({ wishes: { ...now, mic, camera, listen } })
  }
  return compose(
    core({ room, makeLevel, failed, at, signIn, find, furnish, returns, born: (el) => (element = el) }),
    going({ room, failed, keep }),
    sides(),
    switches({ room, failed, place, keep }),
    panels({ root, news }),
    looks({ room, find, habits, makeLevel, failed }),
  )
}

function core({ room, makeLevel, failed, at, signIn, find, furnish, returns, born }) {
  let level = null
  let pictures = null
  let time = null
  let state = null
  let spoken = ''
  let offs = []
  let furnished = null // what the call needs, on its way or there
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
    loudness: 0,
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
    furnished: false,

    init() {
      born(this.$root)
      level = makeLevel((loudness) => (this.loudness = loudness))
      pictures = createPictures({ find, level, muffled: (yes) => (this.muffled = yes) })
      time = createTimekeeping({ at, say: (words) => (this.announced = words), wanted: () => this.wishWords() })
      const tick = setInterval(() => this.tick(), 500)
      const wake = () => this.wake()
      const online = () => room.networkChanged()
      addEventListener('pointerdown', wake)
      addEventListener('online', online)
      navigator.connection?.addEventListener?.('change', online)
      offs = [
        room.on('state', (next) => this.become(next)),
        room.on('media', (snapshot) => this.equip(snapshot)),
        room.on('track', pictures.own),
        room.on('remote', (tracks) => {
          pictures.meet(tracks)
          pictures.screen(this.theirScreen)
        }),
        () => clearInterval(tick),
        () => removeEventListener('pointerdown', wake),
        () => removeEventListener('online', online),
        () => navigator.connection?.removeEventListener?.('change', online),
        shortcuts(document, this.shortcuts(), () => this.keysOn),
        this.hearBadges(),
        ...this.beginLooks(),
      ]
      const ready = this.furnish()
      if (returns) ready.then(room.start)
      else room.start()
    },
    destroy() {
      for (const off of offs.splice(0)) off()
      level.close()
      room.close()
    },

    /** The call's markup comes once all it names is known; a page that could not fetch it tries again at Join. */
    furnish() {
      furnished ??= furnish().then(
        async () => {
          this.furnished = true
          await this.$nextTick()
          pictures.furnish()
          room.repeat()
        },
        () => (furnished = null),
      )
      return furnished
    },
    shortcuts() {
      return {
        m: () => this.toggleMic(),
        v: () => this.toggleCamera(),
        s: () => this.toggleShare(),
        h: () => this.toggleHand(),
        c: () => this.screen === 'call' && this.openPanel('chat'),
        '?': () => this.screen === 'call' && find('shortcuts').showModal(),
      }
    },
    equip(snapshot) {
      this.tellTrouble(snapshot.word)
      this.devices = snapshot
      pictures.speak(snapshot.chosen.speaker)
      this.followLooks()
    },
    become(next) {
      if (next.phase === 'reconnecting' && this.phase !== 'reconnecting') troubled = Date.now()
      state = next
      const { phase, why, socket, opensAt, entry, peer } = next
      const screen = SCREENS[phase] ?? 'call'
      if (screen !== this.screen) this.turnTo(screen)
      Object.assign(this, { phase, why, socket, opensAt, entry, peer, screen })
      if (said(next) !== spoken) this.announced = spoken = said(next)
      if (screen === 'end') this.closing = ending(next)
      if (this.theirScreen) pictures.screen(true)
      this.followLooks().then(() => pictures.screen(this.theirScreen)) // a picture that floats goes with its stream
      this.tick()
    },
    wake() {
      pictures.wake()
      this.hearMuted()
    },
    tick() {
      const now = room.now()
      if (this.opensAt) this.countdown = stopwatch(Date.parse(this.opensAt) - now + 999)
      if (!this.entry) return
      Object.assign(this, time.look(state, now))
      this.mayRejoin = this.phase === 'left' && now < closingOf(this.entry)
      this.slow = this.phase === 'reconnecting' && Date.now() - troubled > SLOW_MS
    },

    wishWords() {
      return t('room.extend.wanted', { name: this.other.name, time: at(Date.parse(this.entry.ends_at) + LONGER_MS) })
    },

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
