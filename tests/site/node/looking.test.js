import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookAgain } from '../../../frontend/js/components/looking.js'

function scene() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const seen = { line: { state: 'off' }, page, looks: 0, awaited: true, tick: null }
  const timers = { setInterval: (work) => (seen.tick = work), clearInterval: () => (seen.tick = null) }
  const facts = { line: seen.line, page, timers }
  seen.end = lookAgain({ look: () => seen.looks++, mayChange: () => seen.awaited, ...facts })
  seen.turn = (state) => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return seen
}

test('without a line it looks each minute while something is awaited, and when it comes into view', () => {
  const seen = scene()
  seen.tick()
  assert.equal(seen.looks, 1)
  seen.awaited = false
  seen.tick()
  assert.equal(seen.looks, 1)
  seen.turn('hidden')
  seen.awaited = true
  seen.tick()
  assert.equal(seen.looks, 1)
  seen.turn('visible')
  assert.equal(seen.looks, 2)
})

test('while the line is open it is told, and once ended it looks no more', () => {
  const seen = scene()
  seen.line.state = 'open'
  seen.tick()
  seen.turn('visible')
  seen.line.state = 'waiting'
  seen.end()
  seen.turn('visible')
  assert.equal(seen.tick, null)
  assert.equal(seen.looks, 0)
})
