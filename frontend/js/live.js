// The one socket of a tab. Losing it is an ordinary event: it comes back by itself, and says `welcome` each time it does.
import { api } from './api.js'
import { createFreshness } from './freshness.js'
import { createMissing } from './missing.js'

const QUIET = 9 * 60_000 // the gateway closes a socket after ten idle minutes
const GREETING = 10_000
const SLOWEST = 30_000
const STUCK = 3500 // an attempt that takes longer probably began without a network; every other one may take twice that
const DOUBTFUL = 10_000 // a line that has said nothing for so long may be dead

export function createLive({ ticket, open, address, random = Math.random, timers = globalThis, clock = Date }) {
  const handlers = new Map()
  let socket = null
  let state = 'off' // off -> connecting -> open, or waiting before the next attempt
  let failures = 0
  let timer = null
  let silence = null
  let attempt = { began: 0 }
  let stuck = 0
  let heardAt = null
  let skew = 0 // of the server's clock
  let greeting = null

  const tell = (type, message) => [...(handlers.get(type) ?? [])].map((handler) => handler(message))
  const missing = createMissing({
    ask: () => state === 'open' && freshness.welcomed(() => tell('welcome', greeting)),
    random,
    timers,
  })
  const freshness = createFreshness({ told: (now) => tell('freshness', { type: 'freshness', data: now }), clock })

  function become(next) {
    if (state === next) return
    state = next
    tell('state', { type: 'state', data: { state } })
  }

  function later(work, delay) {
    timers.clearTimeout(timer)
    timer = timers.setTimeout(work, delay)
  }

  async function connect() {
    if (state === 'connecting' || state === 'open') return
    timers.clearTimeout(timer)
    become('connecting')
    freshness.begun()
    const mine = (attempt = { began: clock.now() })
    try {
      const pass = await ticket()
      if (state !== 'connecting' || mine !== attempt) return
      attach(open(`${address()}?ticket=${encodeURIComponent(pass)}`))
    } catch (error) {
      if (mine !== attempt) return
      if (error.code === 'signed_out') disconnect()
      else if (state === 'connecting') retry(error.retryAfter * 1000)
    }
  }

  function attach(fresh) {
    socket = fresh
    const mine = (handle) => (event) => socket === fresh && handle(event)
    fresh.onopen = mine(() => put({ type: 'hello' }))
    fresh.onmessage = mine(({ data }) => take(JSON.parse(data)))
    fresh.onclose = mine(() => retry())
    later(() => socket === fresh && drop(), GREETING)
  }

  function take(message) {
    listenForSilence()
    const since = heardAt && new Date(heardAt + skew).toISOString()
    heardAt = clock.now()
    freshness.heard()
    if (message.type !== 'welcome') return tell(message.type, message)
    timers.clearTimeout(timer)
    failures = stuck = 0
    skew = (Date.parse(message.data?.server_time) || heardAt) - heardAt
    become('open')
    // `since`: until when, by the server's clock, nothing was missed; null on a page's first line.
    greeting = { ...message, since }
    missing.now()
  }

  // Something could not be fetched.
  function miss(least = 0) {
    freshness.missed()
    if (state === 'open') missing.later(least)
  }

  // Close what may be a dead line and start again.
  function drop() {
    const old = socket
    socket = null
    old?.close()
    retry()
  }

  function retry(least = 0) {
    socket = null
    timers.clearTimeout(silence)
    missing.stop()
    if (state === 'off') return
    become('waiting')
    freshness.lost()
    const most = Math.min(SLOWEST, 500 * 2 ** failures++)
    later(connect, Math.max(least || 0, most / 2 + (random() * most) / 2))
  }

  function put(message) {
    socket.send(JSON.stringify(message))
    listenForSilence()
  }

  function listenForSilence() {
    timers.clearTimeout(silence)
    silence = timers.setTimeout(() => check(), QUIET)
  }

  // False when there is no line at the moment; the caller sends again at the next welcome. What must not get lost in a
  // dead line is sent `sure`: the line then has to prove itself, and a new one is made if it does not.
  function send(message, { sure = false } = {}) {
    if (state !== 'open' || socket?.readyState !== 1) return false
    put(message)
    if (sure && clock.now() - heardAt > DOUBTFUL) check(2000)
    return true
  }

  // Asks whether the line is alive; a browser does not notice a dead one by itself.
  function check(patience = 5000) {
    if (!send({ type: 'ping' })) return
    const asked = socket
    later(() => socket === asked && drop(), patience)
    const off = on('pong', () => {
      timers.clearTimeout(timer)
      off()
    })
  }

  function on(type, handler) {
    if (!handlers.has(type)) handlers.set(type, new Set())
    handlers.get(type).add(handler)
    return () => handlers.get(type).delete(handler)
  }

  function disconnect() {
    timers.clearTimeout(timer)
    timers.clearTimeout(silence)
    missing.stop()
    const old = socket
    socket = null
    become('off')
    heardAt = null
    freshness.ended()
    old?.close(1000)
  }

  // The network or the page is back: no reason to wait out the delay.
  function wake() {
    if (state === 'connecting' && clock.now() - attempt.began > STUCK * (1 + (stuck % 2))) {
      stuck++
      drop()
    }
    if (state === 'waiting') connect()
    else if (state === 'open') check()
  }

  return {
    send,
    on,
    connect,
    disconnect,
    check,
    wake,
    miss,
    freshness,
    get state() {
      return state
    },
  }
}

export const live = createLive({
  ticket: async () => (await api.post('/realtime/ticket')).ticket,
  open: (url) => new WebSocket(url),
  address: () => `${location.origin.replace(/^http/, 'ws')}/ws`,
})

if (globalThis.window) {
  api.onMissed(({ retryAfter }) => live.miss(retryAfter * 1000))
  addEventListener('online', live.wake)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && live.wake())
  document.addEventListener('resume', live.wake) // the browser had put the page to sleep
}
