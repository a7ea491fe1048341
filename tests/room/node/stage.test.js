import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrange, bring, follow } from '../../../frontend/js/room/stage/arrange.js'

const call = { wish: 'spotlight', place: 'bottom-right', sharing: [], together: true, panel: '' }

test('the other is large and oneself in the corner one chose', () => {
  assert.deepEqual(arrange(call), { layout: 'spotlight', screen: '', other: '', self: 'bottom-right' })
  assert.equal(arrange({ ...call, place: 'top-left' }).self, 'top-left')
})

test('side by side is for two who are there, and needs oneself to be seen', () => {
  assert.equal(arrange({ ...call, wish: 'side' }).layout, 'side')
  assert.equal(arrange({ ...call, wish: 'side', together: false }).layout, 'spotlight')
  assert.equal(arrange({ ...call, wish: 'side', place: 'hidden' }).layout, 'spotlight')
})

test('a screen of the other is large by itself, and one’s own alone is not', () => {
  assert.deepEqual(arrange({ ...call, wish: 'side', sharing: ['theirs'] }).screen, 'theirs')
  assert.equal(arrange({ ...call, sharing: ['theirs'] }).layout, 'screen')
  assert.equal(arrange({ ...call, sharing: ['mine'] }).layout, 'spotlight')
})

test('of two screens the latest is large and the other can be had', () => {
  const first = follow([], { mine: false, theirs: true })
  const both = follow(first, { mine: true, theirs: true })
  assert.deepEqual([both, arrange({ ...call, sharing: both }).other], [['mine', 'theirs'], 'theirs'])
  assert.equal(arrange({ ...call, sharing: bring(both, 'theirs') }).screen, 'theirs')
  assert.deepEqual(follow(both, { mine: false, theirs: true }), ['theirs'])
})

test('nothing new keeps the order as it is', () => {
  const order = ['mine', 'theirs']
  assert.equal(follow(order, { mine: true, theirs: true }), order)
})

test('the board takes the stage, and both faces stand beside it', () => {
  assert.equal(arrange({ ...call, panel: 'board', sharing: ['theirs'] }).layout, 'side')
  assert.equal(arrange({ ...call, panel: 'chat', sharing: ['theirs'] }).layout, 'screen')
})
