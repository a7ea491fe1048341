// The service worker: what it shows of a push, where a click leads, and that it never takes a tab away from a call.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import vm from 'node:vm'

const SOURCE = readFileSync(new URL('../../../frontend/js/worker.js', import.meta.url), 'utf8')
const ORIGIN = 'https://peerlearn.example'

// A worker with the browser around it that it needs.
function worker(tabs = [], looked = '') {
  const handlers = {}
  const seen = { shown: [], opened: [], focused: [], sent: [] }
  const subscription = (endpoint) => ({
    toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
    options: { applicationServerKey: new Uint8Array([251, 255, 1]).buffer },
  })
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name, handler) => (handlers[name] = handler),
    skipWaiting() {},
    registration: {
      showNotification: async (title, options) => void seen.shown.push({ title, ...options }),
      pushManager: { subscribe: async () => subscription('https://push.example/new') },
    },
    clients: {
      claim() {},
      matchAll: async () =>
        tabs.map((url) => ({ url, focused: url === looked, focus: async () => void seen.focused.push(url) })),
      openWindow: async (url) => void seen.opened.push(url),
    },
  }
  const fetch = async (url, options) => void seen.sent.push({ url, ...options })
  vm.runInNewContext(SOURCE, { self, URL, fetch, btoa, JSON })
  const dispatch = async (name, event = {}) => {
    const waiting = []
    handlers[name]({ waitUntil: (promise) => waiting.push(promise), ...event })
    await Promise.all(waiting)
  }
  const push = (words) => dispatch('push', { data: { json: () => JSON.parse(words) } })
  return { seen, push, dispatch, subscription }
}

const PUSHED = { id: 'out_1', kind: 'x', title: 'Booked', text: 'With Meera', link: `${ORIGIN}/bookings/bkg_1` }

test('a push is shown under its id, so that it is shown once', async () => {
  const { seen, push } = worker()
  await push(JSON.stringify(PUSHED))
  const [{ title, body, tag, data }] = seen.shown
  assert.deepEqual(
    { title, body, tag, link: data.link },
    { title: 'Booked', body: 'With Meera', tag: 'out_1', link: PUSHED.link },
  )
})

test('whoever looks at the very place is not alerted of what stands there', async () => {
  const [here, elsewhere] = [`${ORIGIN}/bookings/bkg_1?from=list`, `${ORIGIN}/messages`]
  for (const [looked, shown] of [
    [here, 0],
    [elsewhere, 1],
    ['', 1],
  ]) {
    const { seen, push } = worker([here, elsewhere], looked)
    await push(JSON.stringify(PUSHED))
    assert.equal(seen.shown.length, shown)
  }
})

test('a push that nobody can read shows that there is something', async () => {
  const { seen, push, dispatch } = worker()
  await push('?')
  await push('null')
  await dispatch('push', { data: null })
  assert.deepEqual(
    seen.shown.map(({ title, data }) => [title, data.link]),
    Array(3).fill(['PeerLearn', `${ORIGIN}/`]),
  )
})

test('a link to anywhere else leads to the start page', async () => {
  for (const link of ['https://evil.example/', 'javascript:alert(1)', '//evil.example', 'http://']) {
    const { seen, push } = worker()
    await push(JSON.stringify({ ...PUSHED, link }))
    assert.equal(seen.shown[0].data.link, `${ORIGIN}/`, link)
  }
})

const clicked = (link) => ({ notification: { close() {}, data: { link } } })

test('a click brings the tab to the front that is there already', async () => {
  const { seen, dispatch } = worker([`${ORIGIN}/room/ses_1`, `${PUSHED.link}#pay`])
  await dispatch('notificationclick', clicked(PUSHED.link))
  assert.deepEqual([seen.focused, seen.opened], [[`${PUSHED.link}#pay`], []])
})

test('who follows an alert has read it', async () => {
  const { seen, push, dispatch } = worker()
  await push(JSON.stringify(PUSHED))
  await dispatch('notificationclick', { notification: { close() {}, data: seen.shown[0].data } })
  assert.deepEqual(
    seen.sent.map(({ url, method, headers }) => [url, method, headers['X-PeerLearn']]),
    [['/api/notifications/out_1/read', 'POST', '1']],
  )
})

test('a call that is going on in a tab is left alone', async () => {
  const { seen, dispatch } = worker([`${ORIGIN}/room/ses_1`])
  await dispatch('notificationclick', clicked(PUSHED.link))
  assert.deepEqual([seen.focused, seen.opened], [[], [PUSHED.link]])
})

test('a subscription that the browser has replaced is told to us, with the key that it was made with', async () => {
  const { seen, dispatch, subscription } = worker()
  await dispatch('pushsubscriptionchange', { newSubscription: subscription('https://push.example/x') })
  await dispatch('pushsubscriptionchange', { oldSubscription: { options: {} } })
  await dispatch('pushsubscriptionchange', {})
  assert.deepEqual(
    seen.sent.map(({ url, body }) => [url, JSON.parse(body).endpoint, JSON.parse(body).made_with]),
    [
      ['/api/me/push-subscriptions', 'https://push.example/x', '-_8B'],
      ['/api/me/push-subscriptions', 'https://push.example/new', '-_8B'],
    ],
  )
  assert.equal(seen.sent[0].headers['X-PeerLearn'], '1')
})
