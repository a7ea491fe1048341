import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnosis } from '../../../frontend/js/room/quality/diagnosis.js'
import { createHistory } from '../../../frontend/js/room/quality/history.js'
import { read } from '../../../frontend/js/room/quality/reading.js'
import { reported } from './reports.js'

const STATE = {
  phase: 'in-call',
  socket: 'up',
  entry: { role: 'mentor', pass: 'a.secret.pass', peer: { name: 'Vikram Shah' }, you: { name: 'Asha Rao' } },
  peer: { here: true },
}

function recorded(seconds) {
  let now = Date.parse('2026-11-23T10:00:00Z')
  const history = createHistory({ now: () => now })
  for (let second = 0; second < seconds; second++, now += 1000)
    history.add({ level: 'good', reason: '', step: 'full', sample: read(reported({ second })) })
  return history
}

const made = (history, report = reported({ second: 3, relayed: true })) =>
  diagnosis({ made: 'now', session: 'ses_1', state: STATE, history, report, browser: { userAgent: 'x' }, steps: {} })

test('it has the last five minutes, second by second', () => {
  const { seconds } = made(recorded(400))
  assert.equal(seconds.length, 300)
  assert.equal(seconds[0].at, '2026-11-23T10:01:40.000Z')
  assert.deepEqual([seconds[9].level, seconds[9].step, seconds[9].in.rate], ['good', 'full', 800_000])
})

test('it says what kinds of paths there are', () => {
  const { candidates, pairs, streams } = made(recorded(3))
  assert.deepEqual(candidates, [
    { side: 'local', candidateType: 'relay', protocol: 'udp' },
    { side: 'remote', candidateType: 'srflx', protocol: 'udp' },
  ])
  assert.deepEqual(pairs[0].local, { candidateType: 'relay', protocol: 'udp' })
  assert.ok(streams.some(({ way, codec }) => way === 'inbound-rtp' && codec === 'video/VP8'))
})

test('it has no names, no tokens and no addresses', () => {
  const text = JSON.stringify(made(recorded(3)))
  for (const secret of ['Vikram', 'Asha', 'secret', '192.168', '203.0.113', '54321', '12345', 'turn.example', 'Xy7z'])
    assert.ok(!text.includes(secret), secret)
})

test('what happened is in it, and so it is while there is no connection', () => {
  const history = recorded(2)
  history.note('level', { level: 'poor', reason: 'upload' })
  const file = made(history, null)
  assert.deepEqual([file.events.at(-1).what, file.events.at(-1).reason], ['level', 'upload'])
  assert.equal(file.candidates, undefined)
})

test('a new connection counts anew', () => {
  const history = recorded(5)
  assert.equal(history.add({ level: 'good', reason: '', step: 'full', sample: read(reported({ second: 0 })) }), null)
  const found = history.add({ level: 'good', reason: '', step: 'full', sample: read(reported({ second: 1 })) })
  assert.equal(found.in.rate, 800_000)
})
