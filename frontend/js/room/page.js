// The room's page: what the browser has, handed to the room.
import { api, person, start } from '../app.js'
import { failed } from '../components/toasts.js'
import { live } from '../live.js'
import { signInPath } from '../session.js'
import { clock, zoneName } from '../time.js'
import { createLevel } from './level.js'
import { parts } from './parts.js'
import { createRoom } from './room.js'
import { roomView } from './view.js'

const id = decodeURIComponent(location.pathname.split('/').filter(Boolean).pop())
const able = navigator.hardwareConcurrency > 4 && matchMedia('(width >= 48rem)').matches
const picture = {
  start: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 30 } },
  sharp: able ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } } : null,
}

// Whether this tab is in the call, so that a reload goes straight back to it.
const memory = {
  key: `room:${id}`,
  read: () => JSON.parse(sessionStorage.getItem(memory.key) ?? 'null'),
  keep: (value) => sessionStorage.setItem(memory.key, JSON.stringify(value)),
  forget: () => sessionStorage.removeItem(memory.key),
}

const room = createRoom({
  id,
  api,
  live,
  memory,
  hardware: { devices: navigator.mediaDevices, permissions: navigator.permissions, picture },
  Connection: RTCPeerConnection,
  newId: () => crypto.randomUUID(),
  policy: new URLSearchParams(location.search).get('relay') === '1' ? 'relay' : 'all',
})

const makeLevel = (hear) => createLevel({ Context: globalThis.AudioContext, hear })

const at = (moment) => `${clock(moment, person.zone)} ${zoneName(person.zone, moment)}`

const tools = { room, live, failed, at, person }

start({
  room: () => roomView({ room, makeLevel, failed, at, signIn: signInPath() }),
  ...Object.fromEntries(parts.map(([name, make]) => [name, () => make(tools)])),
})
