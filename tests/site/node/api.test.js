import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, createApi } from '../../../frontend/js/api.js'

const answer = (status, body, headers = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
const signedOut = () => answer(401, { error: { code: 'signed_out', message: 'Please sign in again.' } })

// An api over a scripted server: `reply(method, path, calls)` gives each answer.
function over(reply, { now = () => 1000, locks } = {}) {
  const calls = []
  const kept = new Map()
  const store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }
  const fetch = async (url, options) => {
    calls.push({ url, ...options })
    return reply(options.method, url, calls)
  }
  let last = Promise.resolve()
  const oneAtATime = (work) => (last = last.then(work, work))
  return { api: createApi({ fetch, store, now, locks: locks ?? oneAtATime }), calls, store }
}

test('every call that changes something says that it comes from the site', async () => {
  const { api, calls } = over(() => answer(204))
  await api.post('/x', { a: 1 }, { key: 'k1' })
  await api.get('/y', { domain: 'design', cursor: null, limit: 3 })
  assert.equal(calls[0].headers['X-PeerLearn'], '1')
  assert.equal(calls[0].headers['Idempotency-Key'], 'k1')
  assert.equal(calls[0].body, '{"a":1}')
  assert.equal(calls[0].credentials, 'same-origin')
  assert.equal(calls[1].url, '/api/y?domain=design&limit=3')
  assert.equal('X-PeerLearn' in calls[1].headers, false)
})

test('a lapsed sign-in is renewed once and the call repeated', async () => {
  let good = false
  const { api, calls } = over((method, url) => {
    if (url === '/api/auth/refresh') good = true
    if (good && url === '/api/auth/refresh') return answer(204)
    return good ? answer(200, { id: 'me' }) : signedOut()
  })
  assert.deepEqual(await api.get('/me'), { id: 'me' })
  assert.deepEqual(
    calls.map((call) => call.url),
    ['/api/me', '/api/auth/refresh', '/api/me'],
  )
})

test('many calls at once renew the sign-in a single time', async () => {
  let good = false
  let time = 1000
  const { api, calls } = over(
    (method, url) => {
      if (url === '/api/auth/refresh') good = true
      if (good && url === '/api/auth/refresh') return answer(204)
      return good ? answer(200, {}) : signedOut()
    },
    { now: () => time++ },
  )
  await Promise.all([api.get('/a'), api.get('/b'), api.get('/c')])
  assert.equal(calls.filter((call) => call.url === '/api/auth/refresh').length, 1)
})

test('another tab that has just renewed it spares us the call', async () => {
  let tries = 0
  let time = 1000
  const { api, calls, store } = over(
    () => {
      if (tries++) return answer(200, {})
      time = 3000
      store.setItem('refreshed_at', '2000')
      return signedOut()
    },
    { now: () => time },
  )
  await api.get('/me')
  assert.deepEqual(
    calls.map((call) => call.url),
    ['/api/me', '/api/me'],
  )
})

test('a renewal noted before the clock was set back does not count', async () => {
  let good = false
  const { api, calls, store } = over((method, url) => {
    if (url === '/api/auth/refresh') good = true
    if (good && url === '/api/auth/refresh') return answer(204)
    return good ? answer(200, {}) : signedOut()
  })
  store.setItem('refreshed_at', '9000')
  await api.get('/me')
  assert.deepEqual(
    calls.map((call) => call.url),
    ['/api/me', '/api/auth/refresh', '/api/me'],
  )
  assert.equal(store.getItem('refreshed_at'), '1000')
})

test('when it cannot be renewed the page is told, and there is no second try', async () => {
  const { api, calls } = over(signedOut)
  let told = 0
  api.onSignedOut(() => told++)
  await assert.rejects(api.get('/me'), { code: 'signed_out', status: 401 })
  assert.equal(told, 1)
  assert.equal(calls.length, 2)
  await assert.rejects(api.get('/me', {}, { quiet: true }), { code: 'signed_out' })
  assert.equal(told, 1, 'a quiet call tells nobody')
})

test('a failing server does not sign anybody out', async () => {
  const { api } = over((method, url) => (url === '/api/auth/refresh' ? answer(503) : signedOut()))
  let told = 0
  api.onSignedOut(() => told++)
  await assert.rejects(api.get('/me'), { status: 503, code: 'unavailable' })
  assert.equal(told, 0)
})

test('wrong credentials are no lapsed sign-in', async () => {
  const { api, calls } = over(() => answer(401, { error: { code: 'wrong_credentials', message: 'No.' } }))
  await assert.rejects(api.post('/auth/sign-in', {}), { code: 'wrong_credentials', message: 'No.' })
  assert.equal(calls.length, 1)
})

test('an error carries the server’s words and fields', async () => {
  const { api } = over(() =>
    answer(422, { error: { code: 'invalid', message: 'Look again.', fields: { name: 'Too short.' } } }),
  )
  const error = await api.patch('/me', {}).catch((each) => each)
  assert.ok(error instanceof ApiError)
  assert.deepEqual(
    [error.status, error.code, error.message, error.fields],
    [422, 'invalid', 'Look again.', { name: 'Too short.' }],
  )
})

test('who was overtaken gets what stands there now beside the refusal', async () => {
  const error = { code: 'availability_changed', message: 'It was changed meanwhile.' }
  const { api, calls } = over(() => answer(409, { error, current: { version: 4 } }))
  const refusal = await api.put('/me/availability', { version: 3 }).catch((each) => each)
  assert.deepEqual([refusal.code, refusal.current, calls[0].method], [error.code, { version: 4 }, 'PUT'])
})

test('no network, a web page for an answer, and 429 each have words', async () => {
  const dead = createApi({ fetch: () => Promise.reject(new TypeError('failed')), store: {}, locks: (work) => work() })
  await assert.rejects(dead.get('/me'), { status: 0, code: 'offline', message: 'error.offline' })
  const { api } = over(() => new Response('<html>', { status: 502 }))
  await assert.rejects(api.get('/x'), { status: 502, code: 'unavailable' })
  const slow = over(() => new Response('', { status: 429, headers: { 'Retry-After': '7' } }))
  await assert.rejects(slow.api.get('/x'), { code: 'slow_down', retryAfter: 7 })
})

test('the server’s clock is kept from answers about oneself', async () => {
  const date = 'Tue, 25 Nov 2025 12:00:00 GMT'
  const { api } = over(() => answer(200, {}, { Date: date }), { now: () => 0 })
  await api.get('/sessions')
  assert.equal(api.now(), 0)
  await api.get('/me')
  assert.equal(api.now(), Date.parse(date))
})

test('what could not be fetched for now is told, so that it is asked for again', async () => {
  const missed = []
  const replies = { '/api/broken': () => answer(503, { error: { code: 'unavailable', message: 'Later.' } }) }
  const { api } = over((method, url) => (replies[url] ?? (() => answer(404, {})))())
  api.onMissed(({ status }) => missed.push(status))
  await assert.rejects(api.get('/broken'))
  await assert.rejects(api.get('/nowhere'))
  await assert.rejects(api.post('/broken'))
  assert.deepEqual(missed, [503])
})
