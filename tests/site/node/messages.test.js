import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCommon, inCommon } from '../../../frontend/js/messages/common.js'
import {
  changed,
  delivery,
  isGap,
  merged,
  received,
  rows,
  sending,
  without,
} from '../../../frontend/js/messages/thread.js'
import { BELIEVED, EVERY, typist, watcher } from '../../../frontend/js/messages/typing.js'
import { createUnread, short } from '../../../frontend/js/messages/unread.js'

const AT = '2026-03-02T12:00:00Z'
const sent = (number, by = 'me', nth = number, at = AT) => ({
  id: `m${number}`,
  key: `k${number}`,
  by,
  number,
  nth,
  at,
})
const numbers = (messages) => messages.map(({ number, key }) => number ?? key)

test('messages stand in the order of the server, each once, and what is on its way at the end', () => {
  const waiting = sending('kx', 'Hello', 'me', AT)
  const shown = merged([sent(1), sent(3), waiting], [sent(2, 'her'), sent(3)])
  assert.deepEqual(numbers(shown), [1, 2, 3, 'kx'])
})

test('what was on its way is replaced by itself, whether the line or the answer is first', () => {
  const shown = merged([sent(1), sending('k2', 'Hello', 'me', AT)], [sent(2)])
  assert.deepEqual(numbers(shown), [1, 2])
  assert.deepEqual(numbers(merged(shown, [sent(2)])), [1, 2])
})

test('a message is sending, sent, seen or failed', () => {
  const waiting = sending('kx', 'Hello', 'me', AT)
  assert.equal(delivery(waiting, 9), 'sending')
  assert.equal(delivery(changed([waiting], 'kx', { state: 'failed' })[0], 9), 'failed')
  assert.equal(delivery(sent(5, 'me', 3), 2), 'sent')
  assert.equal(delivery(sent(5, 'me', 3), 3), 'seen')
  assert.deepEqual(without([sent(1), waiting], 'kx'), [sent(1)])
})

test('only what the other wrote is received, and a number left out is a gap', () => {
  assert.equal(received([sent(1), sent(2, 'her', 1), sent(3, 'her', 2), sent(4)], 'me'), 2)
  assert.equal(isGap([sent(1), sent(2)], sent(3)), false)
  assert.equal(isGap([sent(1), sent(2)], sent(4)), true)
  assert.equal(isGap([], sent(4)), false)
})

test('rows begin a new day, mark the first unread one, and say how far the last ones got', () => {
  const messages = [
    sent(1, 'me', 1, '2026-03-01T10:00:00Z'),
    sent(2, 'her', 1),
    sent(3, 'her', 2),
    sent(4, 'me', 2),
    sent(5, 'me', 3),
  ]
  const made = rows(messages, { me: 'me', zone: 'Asia/Kolkata', unreadFrom: 2, seenByOther: 1 })
  assert.deepEqual(
    made.map(({ newDay, unread, follows, how }) => [newDay, unread, follows, how]),
    [
      [true, false, false, 'seen'],
      [true, false, false, ''],
      [false, true, false, ''],
      [false, false, false, ''],
      [false, false, true, 'sent'],
    ],
  )
})

test('typing is told at most once in three seconds, and at once after a message went', () => {
  let [now, told] = [0, 0]
  const { typed, rested } = typist({ tell: () => told++, now: () => now })
  typed()
  now = EVERY - 1
  typed()
  assert.equal(told, 1)
  now = EVERY
  typed()
  assert.equal(told, 2)
  rested()
  typed()
  assert.equal(told, 3)
})

test('typing is believed for a while after its last sign', () => {
  const shown = []
  let timer = null
  const timers = { setTimeout: (work, delay) => (timer = { work, delay }), clearTimeout: () => (timer = null) }
  const { seen, over } = watcher({ show: (is) => shown.push(is), timers })
  seen()
  seen()
  assert.equal(timer.delay, BELIEVED)
  timer.work()
  over()
  assert.deepEqual(shown, [true, true, false, false])
})

test('all badges ask once, follow the line, and never ask twice at a time', async () => {
  const handlers = {}
  const live = { on: (type, handler) => (handlers[type] = handler), connect: () => {} }
  const answers = []
  const get = () => new Promise((resolve) => answers.push(resolve))
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const { watch } = createUnread({ get, live })
  const [one, two] = [[], []]
  watch((count) => one.push(count))
  const off = watch((count) => two.push(count))
  handlers.changed({ data: { what: 'messages' } })
  handlers.changed({ data: { what: 'bookings' } })
  handlers.welcome({})
  assert.equal(answers.length, 1)
  answers[0]({ unread: 2 })
  await settle()
  assert.equal(answers.length, 2, 'what changed meanwhile is asked for once')
  off()
  answers[1]({ unread: 3 })
  await settle()
  assert.deepEqual(
    [one, two],
    [
      [0, 2, 3],
      [0, 2],
    ],
  )
  assert.deepEqual([short(3), short(120)], ['3', '99+'])
})

test('what two have in common is a booking that was made, or a request', async () => {
  const booking = (id, status, mentor) => ({ id, status, session: { mentor: { id: mentor } } })
  const request = { id: 'req_1', mentor: { id: 'usr_m' }, learner: { id: 'me' } }
  assert.equal(inCommon('usr_m', { bookings: [booking('bkg_1', 'held', 'usr_m')], requests: [request] }), 'req_1')
  assert.equal(inCommon('usr_m', { bookings: [booking('bkg_2', 'confirmed', 'usr_m')] }), 'bkg_2')
  assert.equal(inCommon('usr_x', { bookings: [booking('bkg_2', 'confirmed', 'usr_m')], requests: [request] }), '')
  const get = async (path, { when }) => {
    if (when === 'past') return { items: [booking('bkg_3', 'completed', 'usr_m')] }
    throw new Error('not now')
  }
  assert.equal(await findCommon('usr_m', get), 'bkg_3')
})
