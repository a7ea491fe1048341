// Alerts on a browser: what it can do, and both sides knowing of a subscription or neither.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { ability, bytesOf, createPush, idOf, webKey } from '../../../frontend/js/push/browser.js'

const KEY = webKey(Uint8Array.from({ length: 65 }, (_, at) => at))

function browser({ held = null, granted = 'granted' } = {}) {
  const seen = { asked: [], unsubscribed: [], subscribed: [] }
  let subscription = null
  const made = (key, endpoint) => ({
    options: { applicationServerKey: key.buffer },
    toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
    unsubscribe: async () => void ((subscription = null), seen.unsubscribed.push(endpoint)),
  })
  const pushManager = {
    getSubscription: async () => subscription,
    subscribe: async (options) => {
      seen.subscribed.push(options)
      return (subscription = made(options.applicationServerKey, 'https://push.example/new'))
    },
  }
  if (held) subscription = made(bytesOf(held), 'https://push.example/old')
  const registration = { pushManager }
  const serviceWorker = {
    register: async () => registration,
    getRegistration: async () => registration,
    ready: registration,
  }
  const api = {
    get: async () => ({ push_key: KEY }),
    post: async (path, body) => (seen.asked.push(['POST', path, body]), { id: 'psh_1' }),
    remove: async (path) => void seen.asked.push(['DELETE', path]),
  }
  const kept = new Map()
  const store = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
  }
  return {
    seen,
    store,
    push: createPush({ api, navigator: { serviceWorker }, store, permission: async () => granted }),
  }
}

test('a key survives the way to the browser and back', () => {
  assert.equal(webKey(bytesOf(KEY)), KEY)
})

test('turned on, both sides know of it; turned off, neither does', async () => {
  const { seen, push } = browser()
  assert.equal(await push.state('usr_1'), 'off')
  assert.equal(await push.turnOn('usr_1'), true)
  assert.equal(seen.subscribed[0].userVisibleOnly, true)
  assert.deepEqual(seen.asked[0][2], {
    endpoint: 'https://push.example/new',
    keys: { p256dh: 'p', auth: 'a' },
    made_with: KEY,
  })
  assert.equal(await push.state('usr_1'), 'on')
  await push.turnOff()
  const id = createHash('sha256').update('https://push.example/new').digest('hex').slice(0, 32)
  assert.deepEqual(seen.asked[1], ['DELETE', `/me/push-subscriptions/psh_${id}`])
  assert.deepEqual(seen.unsubscribed, ['https://push.example/new'])
  assert.equal(await push.state('usr_1'), 'off')
})

test('without leave nothing is subscribed', async () => {
  for (const granted of ['denied', 'default']) {
    const { seen, push } = browser({ granted })
    assert.equal(await push.turnOn('usr_1'), false)
    assert.deepEqual([seen.subscribed, seen.asked], [[], []])
  }
})

test('for another person on the same browser they are off until they want them', async () => {
  const { seen, push } = browser()
  await push.turnOn('usr_1')
  assert.equal(await push.state('usr_2'), 'off')
  await push.keep('usr_2', true)
  assert.equal(seen.asked.length, 1)
})

test('a visit sees to it that both sides still know, and makes anew what another key was for', async () => {
  const { seen, push, store } = browser({ held: webKey(new Uint8Array(65)) })
  store.setItem('push', 'usr_1')
  await push.keep('usr_1', true)
  assert.deepEqual(seen.unsubscribed, ['https://push.example/old'])
  assert.equal(seen.asked[0][2].endpoint, 'https://push.example/new')
  await push.keep('usr_1', true)
  assert.equal(seen.subscribed.length, 1)
  await push.keep('usr_1', false)
  assert.equal(seen.asked.length, 2)
})

test('the browser is named as the server names it', async () => {
  assert.match(await idOf('https://push.example/x'), /^psh_[0-9a-f]{32}$/)
})

test('why a browser cannot is said', () => {
  const able = {
    isSecureContext: true,
    PushManager: {},
    Notification: { permission: 'default' },
    navigator: { serviceWorker: {}, userAgent: 'Firefox' },
  }
  assert.equal(ability(able), 'ready')
  assert.equal(ability({ ...able, isSecureContext: false }), 'insecure')
  assert.equal(ability({ ...able, Notification: { permission: 'denied' } }), 'blocked')
  const without = { isSecureContext: true, navigator: { serviceWorker: {}, userAgent: 'Firefox' } }
  assert.equal(ability(without), 'unsupported')
  assert.equal(ability({ ...without, navigator: { serviceWorker: {}, userAgent: 'Mozilla/5.0 (iPhone)' } }), 'install')
})
