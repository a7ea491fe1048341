import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gatewayScript, openWindow, Unreachable } from '../../../frontend/js/checkout/gateway.js'
import { polling } from '../../../frontend/js/checkout/polling.js'
import { proofs } from '../../../frontend/js/checkout/proofs.js'

function blankPage(comes) {
  const scripts = []
  const append = (script) => {
    scripts.push(script)
    queueMicrotask(() => comes(script))
  }
  return { scripts, createElement: () => ({ remove() {} }), head: { append } }
}

const ORDER = {
  key_id: 'rzp_test_1',
  order_id: 'order_1',
  amount_paise: 50_000,
  currency: 'INR',
  name: 'PeerLearn',
  description: 'An hour of Python',
  prefill: { name: 'Lena', email: 'lena@example.test' },
  closes_at: '2026-11-24T10:10:00Z',
}

function opened() {
  const seen = { heard: [], closed: 0 }
  class Gateway {
    constructor(options) {
      seen.options = options
    }
    on(name, handle) {
      seen[name] = handle
    }
    open() {
      seen.open = true
    }
    close() {
      seen.closed++
    }
  }
  const told = Object.fromEntries(
    ['handed', 'declined', 'dismissed'].map((name) => [name, (what) => seen.heard.push([name, what])]),
  )
  seen.close = openWindow(Gateway, ORDER, { now: Date.parse('2026-11-24T10:00:00Z'), told })
  return seen
}

test('a script that cannot be had is asked for again at the next press, and then only once', async () => {
  const broken = blankPage((script) => script.onerror())
  await assert.rejects(gatewayScript('/gateway.js', { page: broken, home: {} }), Unreachable)
  const home = {}
  const fine = blankPage((script) => {
    home.Razorpay = class {}
    script.onload()
  })
  const first = await gatewayScript('/gateway.js', { page: fine, home })
  assert.equal(first, home.Razorpay)
  assert.equal(await gatewayScript('/gateway.js', { page: fine, home }), first)
  assert.equal(fine.scripts.length, 1)
})

test('the window is opened on the order, and closes with the hold', () => {
  const { options, open } = opened()
  assert.equal(open, true)
  assert.equal(options.order_id, 'order_1')
  assert.equal(options.amount, 50_000)
  assert.equal(options.timeout, 600)
})

test('what happens in the window is told in our own words', () => {
  const seen = opened()
  seen['payment.failed']({ error: { description: 'Your bank said no.' } })
  seen.options.modal.ondismiss()
  seen.options.handler({ razorpay_payment_id: 'pay_1' })
  seen.close()
  assert.deepEqual(seen.heard, [
    ['declined', 'Your bank said no.'],
    ['dismissed', undefined],
    ['handed', { razorpay_payment_id: 'pay_1' }],
  ])
  assert.equal(seen.closed, 1)
})

test('a gateway that says only that it failed is not quoted', () => {
  const seen = opened()
  seen['payment.failed']({ error: { description: 'Payment failed' } })
  seen['payment.failed']()
  assert.deepEqual(seen.heard, [
    ['declined', ''],
    ['declined', ''],
  ])
})

test('a proof is kept for its own booking until the server has it', () => {
  const held = new Map()
  const store = {
    setItem: (name, value) => held.set(name, value),
    getItem: (name) => held.get(name) ?? null,
    removeItem: (name) => held.delete(name),
  }
  const kept = proofs(store)
  kept.keep('bkg_1', { razorpay_payment_id: 'pay_1' })
  assert.deepEqual(kept.find('bkg_1'), { razorpay_payment_id: 'pay_1' })
  assert.equal(kept.find('bkg_2'), null)
  kept.drop('bkg_1')
  assert.equal(kept.find('bkg_1'), null)
})

test('it is looked for two minutes, and no longer once it has come', async () => {
  const timers = { setTimeout: (work) => (timers.next = work), clearTimeout: () => (timers.next = null) }
  const seen = { looks: 0, tired: 0, until: Infinity }
  const look = async () => ++seen.looks < seen.until
  const poll = polling({ look, tired: () => seen.tired++, timers })
  poll.start()
  while (timers.next) {
    const tick = timers.next
    timers.next = null
    await tick()
  }
  assert.deepEqual([seen.looks, seen.tired], [24, 1])
  Object.assign(seen, { looks: 0, until: 3 })
  poll.start()
  while (timers.next) {
    const tick = timers.next
    timers.next = null
    await tick()
  }
  assert.deepEqual([seen.looks, seen.tired], [3, 1])
})
