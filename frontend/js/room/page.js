// The room's page: what the browser has, handed to the room.
import { add, api, person, start } from '../app.js'
import { failed } from '../components/toasts.js'
import { live } from '../live.js'
import { signInPath } from '../session.js'
import { clock, zoneName } from '../time.js'
import { browserOf, systemOf } from './browsers.js'
import { createBus } from './bus.js'
import { checkPart } from './check/check.js'
import { createHabits } from './habits.js'
import { createLevel } from './level.js'
import { createRoom } from './room.js'
import { roomView } from './view.js'

const id = decodeURIComponent(location.pathname.split('/').filter(Boolean).pop())
const able = navigator.hardwareConcurrency > 4 && matchMedia('(width >= 48rem)').matches
const picture = {
  start: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 30 } },
  sharp: able ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } } : null,
}

// Whether this tab is in the call, so that a reload goes straight back to it.
const memory = createHabits({ storage: () => sessionStorage, key: `room:${id}` })
const habits = createHabits({ storage: () => localStorage, key: 'room:habits' })

const beyond = () => import('./furniture.js')

const room = createRoom({
  id,
  api,
  live,
  memory,
  hardware: {
    devices: navigator.mediaDevices,
    permissions: navigator.permissions,
    picture,
    habits: habits.read()?.wishes,
  },
  Connection: RTCPeerConnection,
  newId: () => crypto.randomUUID(),
  machinery: beyond,
  policy: new URLSearchParams(location.search).get('relay') === '1' ? 'relay' : 'all',
})

const makeLevel = (hear) => createLevel({ Context: globalThis.AudioContext, hear })

const at = (moment) => `${clock(moment, person.zone)} ${zoneName(person.zone, moment)}`

const place = {
  browser: browserOf(navigator.userAgent, navigator.maxTouchPoints),
  system: systemOf(navigator.userAgent),
}

const news = createBus()

// `badge(panel, yes)` marks a panel's button: there is something in it that has not been seen.
const tools = { room, live, failed, at, person, badge: (panel, yes) => news.tell('badge', panel, yes) }

const furnish = async () => add((await beyond()).furniture(tools))
const kept = { habits, returns: memory.read() !== null }

start({
  room: () => roomView({ room, makeLevel, failed, at, signIn: signInPath(), place, news, furnish, ...kept }),
  roomCheck: () => checkPart({ room, place, Connection: RTCPeerConnection, Context: globalThis.AudioContext }),
})
