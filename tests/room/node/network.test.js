import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNetwork, readCandidate, verdict } from '../../../frontend/js/room/check/network.js'
import { fakeTimers } from './fakes.js'

const relay = (over) => ({ type: 'relay', over })
const seen = (port, from = 5000) => ({ type: 'srflx', over: 'udp', port, from })

test('through the relay and out by UDP: a call will find its way', () => {
  assert.equal(verdict({ servers: 1, relayed: true, found: [relay('udp')] }), 'direct')
  assert.equal(verdict({ servers: 1, relayed: true, found: [relay('tls'), seen(6000)] }), 'direct')
})

test('only by TCP, or behind a router that changes ports: the relay it is', () => {
  assert.equal(verdict({ servers: 1, relayed: true, found: [relay('tls')] }), 'relay')
  assert.equal(verdict({ servers: 2, relayed: true, found: [seen(6000), seen(6001)] }), 'relay')
  assert.equal(verdict({ servers: 2, relayed: true, found: [seen(6000, 5000), seen(6001, 5001)] }), 'direct')
})

test('without the relay, what else was reached decides', () => {
  assert.equal(verdict({ servers: 1, relayed: false, found: [seen(6000)] }), 'direct-only')
  assert.equal(verdict({ servers: 1, relayed: false, found: [] }), 'blocked')
  assert.equal(verdict({ servers: 0, relayed: false, found: [] }), 'unknown')
})

test('a candidate is read from its fields, or from its line where a browser has none', () => {
  const line = 'candidate:1 1 udp 1677729535 203.0.113.7 61000 typ srflx raddr 10.0.0.2 rport 50000'
  assert.deepEqual(readCandidate({ candidate: line }), { type: 'srflx', over: 'udp', port: 61000, from: 50000 })
  const relayed = { candidate: '', type: 'relay', relayProtocol: 'tls', protocol: 'udp', port: 4, relatedPort: 0 }
  assert.equal(readCandidate(relayed).over, 'tls')
})

test('without servers nothing is tried', async () => {
  const Connection = () => assert.fail('made a connection')
  assert.deepEqual(await checkNetwork({ Connection, servers: [] }), { word: 'unknown', ms: null })
})

test('a network that lets nothing through is given up after a while, and nothing stays open', async () => {
  const timers = fakeTimers()
  const made = []
  class Silent {
    constructor() {
      made.push(this)
    }
    createDataChannel() {
      return {}
    }
    async setLocalDescription() {}
    async setRemoteDescription() {}
    close() {
      this.closed = true
    }
  }
  const answer = checkNetwork({ Connection: Silent, servers: [{}], timers, clock: timers })
  await timers.pass(10_000)
  assert.equal((await answer).word, 'blocked')
  assert.ok(made.length === 3 && made.every(({ closed }) => closed))
})
