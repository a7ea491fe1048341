import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPresence, presenceWords } from '../../../frontend/js/presence/asking.js'
import { keepPresent } from '../../../frontend/js/presence/pinging.js'

test('all mentors on a page are asked for at once, each once', async () => {
  const asked = []
  let work = null
  const get = async (path, query) => {
    asked.push(query.ids)
    return { items: [{ id: 'usr_a', live: true, seen_hours_ago: 0 }] }
  }
  const presenceOf = createPresence({ get, later: (then) => (work = then) })
  const answers = [presenceOf('usr_a'), presenceOf('usr_b'), presenceOf('usr_a')]
  work()
  const [one, other, again] = await Promise.all(answers)
  assert.deepEqual(asked, ['usr_a,usr_b'])
  assert.equal(one.live, true)
  assert.equal(other, null)
  assert.equal(again, one)
})

test('where nobody answers, nothing is known', async () => {
  const presenceOf = createPresence({
    get: () => Promise.reject(new Error('offline')),
    later: (then) => setTimeout(then),
  })
  assert.equal(await presenceOf('usr_a'), null)
})

test('when somebody was last seen is said roughly', () => {
  const words = (live, hours) => presenceWords({ live, seen_hours_ago: hours })
  assert.equal(presenceWords(null), '')
  assert.equal(words(true, 0), 'presence.live')
  assert.equal(words(false, 0), 'presence.just_now')
  assert.equal(words(false, 5), 'presence.hours')
  assert.equal(words(false, 48), 'presence.days')
  assert.equal(words(false, null), '')
})

function page(visible = true) {
  const handlers = {}
  return {
    visibilityState: visible ? 'visible' : 'hidden',
    addEventListener: (type, handler) => (handlers[type] = handler),
    removeEventListener: (type) => delete handlers[type],
    show(is) {
      this.visibilityState = is ? 'visible' : 'hidden'
      handlers.visibilitychange?.()
    },
  }
}

function kept(shown = page()) {
  const sent = []
  let [now, tick, welcome] = [0, null, null]
  const line = { on: (type, handler) => ((welcome = handler), () => (welcome = null)), send: (each) => sent.push(each) }
  const timers = { setInterval: (work) => (tick = work), clearInterval: () => (tick = null) }
  const end = keepPresent({ line, page: shown, timers, now: () => now })
  const pass = (minutes) => {
    for (let each = 0; each < minutes; each++) {
      now += 60_000
      tick()
    }
  }
  return { sent, pass, end, shown, greet: (data) => welcome({ data }) }
}

test('a mentor who looks at the page says so each four minutes, and nobody else does', () => {
  const { sent, pass, greet } = kept()
  pass(10)
  assert.deepEqual(sent, [])
  greet({ presence: 'token' })
  pass(3)
  assert.deepEqual(sent, [])
  pass(9)
  assert.deepEqual(sent, Array(3).fill({ type: 'present', data: { token: 'token' } }))
  greet({})
  pass(8)
  assert.equal(sent.length, 3)
})

test('a page out of sight says nothing, and says so at once when it is back', () => {
  const { sent, pass, greet, shown, end } = kept()
  greet({ presence: 'token' })
  shown.show(false)
  pass(10)
  assert.equal(sent.length, 0)
  shown.show(true)
  assert.equal(sent.length, 1)
  shown.show(false)
  shown.show(true)
  assert.equal(sent.length, 1)
  end()
})
