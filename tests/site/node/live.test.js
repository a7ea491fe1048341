import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLive } from '../../../frontend/js/live.js'

// A line of fake sockets and a clock that a test moves.
function line({ ticket = async () => 'pass' } = {}) {
  const sockets = []
  const jobs = new Map()
  let time = 0
  let next = 1
  const timers = {
    setTimeout: (work, delay) => (jobs.set(next, { work, at: time + delay }), next++),
    clearTimeout: (id) => jobs.delete(id),
  }
  const open = (url) => {
    const socket = { url, sent: [], readyState: 1, closed: false }
    socket.send = (text) => socket.sent.push(JSON.parse(text))
    socket.close = () => (socket.closed = true)
    sockets.push(socket)
    return socket
  }
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  async function pass(ms) {
    const end = time + ms
    for (;;) {
      const due = [...jobs].filter(([, job]) => job.at <= end).sort((a, b) => a[1].at - b[1].at)[0]
      if (!due) break
      jobs.delete(due[0])
      time = due[1].at
      due[1].work()
      await settle()
    }
    time = end
  }
  const clock = { now: () => time }
  const live = createLive({ ticket, open, address: () => 'ws://site/ws', random: () => 1, timers, clock })
  const say = (message) => sockets.at(-1).onmessage({ data: JSON.stringify(message) })
  async function welcome() {
    await settle()
    sockets.at(-1).onopen()
    say({ type: 'welcome', data: {} })
  }
  return { live, sockets, pass, settle, say, welcome }
}

test('it greets with a ticket and is open once welcomed', async () => {
  const { live, sockets, welcome } = line()
  live.connect()
  assert.equal(live.state, 'connecting')
  await welcome()
  assert.equal(sockets[0].url, 'ws://site/ws?ticket=pass')
  assert.deepEqual(sockets[0].sent, [{ type: 'hello' }])
  assert.equal(live.state, 'open')
})

test('two parts of a page that connect share one socket', async () => {
  const { live, sockets, welcome } = line()
  live.connect()
  live.connect()
  await welcome()
  live.connect()
  assert.equal(sockets.length, 1)
})

test('handlers hear their type until they are taken off', async () => {
  const { live, say, welcome } = line()
  const heard = []
  const off = live.on('changed', (message) => heard.push(message.data.what))
  live.connect()
  await welcome()
  say({ type: 'changed', data: { what: 'bookings' } })
  say({ type: 'other', data: {} })
  off()
  say({ type: 'changed', data: { what: 'me' } })
  assert.deepEqual(heard, ['bookings'])
})

test('a lost socket comes back by itself, later each time, and says welcome again', async () => {
  const { live, sockets, pass, welcome } = line()
  let welcomes = 0
  live.on('welcome', () => welcomes++)
  live.connect()
  await welcome()
  sockets[0].onclose()
  assert.equal(live.state, 'waiting')
  assert.equal(live.send({ type: 'x' }), false)
  await pass(500)
  assert.equal(sockets.length, 2)
  sockets[1].onclose()
  await pass(500)
  assert.equal(sockets.length, 2, 'the second wait is longer')
  await pass(500)
  await welcome()
  assert.equal(welcomes, 2)
})

test('a socket that never greets is dropped', async () => {
  const { live, sockets, pass, settle } = line()
  live.connect()
  await settle()
  await pass(10_000)
  assert.equal(sockets[0].closed, true)
  assert.equal(live.state, 'waiting')
})

test('it pings before ten idle minutes, and a silent line is dropped', async () => {
  const { live, sockets, pass, say, welcome } = line()
  live.connect()
  await welcome()
  await pass(9 * 60_000)
  assert.deepEqual(sockets[0].sent.at(-1), { type: 'ping' })
  say({ type: 'pong' })
  await pass(6000)
  assert.equal(live.state, 'open')
  live.check()
  await pass(5000)
  assert.equal(sockets[0].closed, true)
  assert.equal(live.state, 'waiting')
})

test('an old socket has no say any more', async () => {
  const { live, sockets, pass, welcome } = line()
  live.connect()
  await welcome()
  const [old] = sockets
  old.onclose()
  await pass(500)
  await welcome()
  old.onclose()
  assert.equal(live.state, 'open')
})

test('who is signed out is left alone; a failing ticket is asked for again', async () => {
  const out = line({ ticket: () => Promise.reject(Object.assign(new Error(), { code: 'signed_out' })) })
  out.live.connect()
  await out.settle()
  assert.equal(out.live.state, 'off')
  let tries = 0
  const flaky = line({
    ticket: async () => (tries++ ? 'pass' : Promise.reject(Object.assign(new Error(), { retryAfter: 0 }))),
  })
  flaky.live.connect()
  await flaky.settle()
  assert.equal(flaky.live.state, 'waiting')
  await flaky.pass(500)
  assert.equal(flaky.sockets.length, 1)
})

test('disconnecting stays disconnected', async () => {
  const { live, sockets, pass, welcome } = line()
  live.connect()
  await welcome()
  live.disconnect()
  sockets[0].onclose()
  await pass(60_000)
  assert.equal(sockets.length, 1)
  assert.equal(live.state, 'off')
})

test('each welcome but the first says since when nothing was heard, by the server’s clock', async () => {
  const { live, sockets, pass, say, settle } = line()
  const since = []
  live.on('welcome', (message) => since.push(message.since))
  const server = (second) => new Date(3_600_000 + second * 1000).toISOString()
  live.connect()
  await settle()
  await pass(1000)
  sockets.at(-1).onopen()
  say({ type: 'welcome', data: { server_time: server(1) } })
  await pass(9000)
  say({ type: 'changed', data: { what: 'bookings' } })
  await pass(60_000)
  sockets.at(-1).onclose()
  await pass(1000)
  sockets.at(-1).onopen()
  say({ type: 'welcome', data: { server_time: server(71) } })
  assert.deepEqual(since, [null, server(10)])
})

test('what is shown is stale once the line is lost, and fresh when whoever heard the welcome has asked anew', async () => {
  const { live, sockets, pass, settle, welcome } = line()
  let done
  live.connect()
  await welcome()
  await settle()
  assert.equal(live.freshness.word, 'live')
  live.on('welcome', () => new Promise((resolve) => (done = resolve)))
  sockets.at(-1).onclose()
  assert.equal(live.freshness.word, 'stale')
  await pass(1000)
  await welcome()
  assert.equal(live.freshness.word, 'catching-up')
  done()
  await settle()
  assert.equal(live.freshness.word, 'live')
})

test('what must not get lost makes a line that has long been silent prove itself', async () => {
  const { live, sockets, pass, say, welcome } = line()
  live.connect()
  await welcome()
  live.send({ type: 'signal' }, { sure: true })
  assert.deepEqual(
    sockets[0].sent.map(({ type }) => type),
    ['hello', 'signal'],
    'it was heard just now',
  )
  await pass(11_000)
  live.send({ type: 'signal' }, { sure: true })
  assert.equal(sockets[0].sent.at(-1).type, 'ping')
  say({ type: 'pong', data: {} })
  await pass(3000)
  assert.equal(sockets.length, 1)
  await pass(11_000)
  live.send({ type: 'signal' }, { sure: true })
  await pass(3000)
  assert.equal(sockets.length, 2, 'it was dead')
})

test('an attempt that is stuck is given up for a new one when somebody needs the line, and is not heard of again', async () => {
  const passes = []
  const { live, sockets, pass, settle, welcome } = line({ ticket: () => new Promise((done) => passes.push(done)) })
  live.connect()
  await pass(2000)
  live.wake()
  assert.equal(passes.length, 1, 'it may still come')
  await pass(2000)
  live.wake()
  assert.equal(passes.length, 2)
  await pass(4000)
  live.wake()
  assert.equal(passes.length, 2, 'a slow network gets its chance')
  passes[1]('second')
  await welcome()
  passes[0]('first')
  await settle()
  assert.deepEqual(
    sockets.map(({ url }) => url),
    ['ws://site/ws?ticket=second'],
  )
})

test('what could not be fetched is asked for again, ever later, and until then the page is not fresh', async () => {
  const { live, pass, settle, say, welcome } = line()
  const asked = []
  let works = true
  live.on('welcome', async () => {
    asked.push('all')
    if (!works) live.miss()
  })
  live.on('changed', async () => works || live.miss())
  live.connect()
  await welcome()
  await settle()
  assert.deepEqual([live.freshness.word, asked.length], ['live', 1])
  works = false
  say({ type: 'changed', data: { what: 'bookings' } })
  await settle()
  assert.equal(live.freshness.word, 'catching-up')
  await pass(4000)
  assert.deepEqual([live.freshness.word, asked.length], ['catching-up', 2])
  await pass(4000)
  assert.equal(asked.length, 2)
  works = true
  await pass(3000)
  assert.deepEqual([live.freshness.word, asked.length], ['live', 3])
  await pass(60_000)
  assert.equal(asked.length, 3)
})

test('once the line is lost, nothing is asked for until it is back', async () => {
  const { live, sockets, pass, welcome } = line()
  let asked = 0
  live.on('welcome', () => asked++)
  live.connect()
  await welcome()
  live.miss()
  sockets[0].onclose()
  await pass(20_000)
  assert.equal(asked, 1)
})
