import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { mailToken, onNewToken, tokenUsed } from '../../../frontend/js/token.js'

const TOKEN = 'a-token-that-is-long-enough.for-one'
let heard

beforeEach(() => {
  const kept = new Map()
  heard = []
  Object.assign(globalThis, {
    location: { pathname: '/reset/confirm', hash: '' },
    history: { state: null, replaceState: () => (location.hash = '') },
    sessionStorage: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    },
    addEventListener: (name, listener) => name === 'hashchange' && heard.push(listener),
  })
})

test('a token leaves the address bar at once', () => {
  location.hash = `#${TOKEN}`
  assert.equal(mailToken(), TOKEN)
  assert.equal(location.hash, '')
  assert.equal(mailToken(), '')
})

test('one that is kept survives a reload until it is used, on its own page only', () => {
  location.hash = `#${TOKEN}`
  assert.equal(mailToken({ keep: true }), TOKEN)
  assert.equal(mailToken({ keep: true }), TOKEN)
  location.pathname = '/verify'
  assert.equal(mailToken({ keep: true }), '')
  location.pathname = '/reset/confirm'
  tokenUsed()
  assert.equal(mailToken({ keep: true }), '')
})

test('a newer link takes the place of the one before', () => {
  location.hash = `#${TOKEN}`
  mailToken({ keep: true })
  location.hash = `#${TOKEN}-2`
  assert.equal(mailToken({ keep: true }), `${TOKEN}-2`)
  assert.equal(mailToken({ keep: true }), `${TOKEN}-2`)
})

test('a link opened in a tab on its page is heard; a jump to the content is not', () => {
  const taken = []
  onNewToken(() => taken.push(mailToken()))
  location.hash = '#main'
  heard.forEach((listener) => listener())
  assert.deepEqual(taken, [])
  assert.equal(mailToken(), '')
  assert.equal(location.hash, '#main')
  location.hash = `#${TOKEN}`
  heard.forEach((listener) => listener())
  assert.deepEqual(taken, [TOKEN])
})
