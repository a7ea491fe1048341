// What a hand does on the board, from the first touch to the last.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrawing } from '../../../frontend/js/room/together/board/drawing.js'
import { createGestures } from '../../../frontend/js/room/together/board/gestures.js'
import { FIRST_PAGE } from '../../../frontend/js/room/together/board/shapes.js'
import { Y, fakeTimers, page } from './together-fakes.js'

const still = { dx: 0, dy: 0, even: false }
const at = (x, y = 0) => ({ x, y, press: 0.5 })

function hand() {
  let made = 0
  const timers = fakeTimers()
  const drawing = createDrawing({ Y, document: page().document, newId: () => `shape-${++made}` })
  const begin = createGestures({
    drawing,
    style: () => ({ page: FIRST_PAGE, ink: 'red', width: 4 }),
    scale: () => 1,
    select() {},
    selected: () => null,
    writeAt() {},
    pan() {},
    timers,
  })
  return { timers, drawing, begin, shapes: () => drawing.shapes(FIRST_PAGE) }
}

for (const tool of ['pen', 'rect', 'line'])
  test(`a second finger at once takes back what the first began with: ${tool}`, async () => {
    const { timers, begin, shapes } = hand()
    const gesture = begin(tool, at(0), 'touch')
    gesture.move(at(30), still)
    gesture.abandon()
    await timers.pass(500)
    assert.deepEqual(shapes(), [])
  })

test('a stroke without an end is drawn to its end, and is one act', async () => {
  const { timers, drawing, begin, shapes } = hand()
  const gesture = begin('pen', at(0), 'mouse')
  for (let x = 1; x <= 9000; x++) {
    gesture.move(at(x * 2), still)
    if (x % 50 === 0) await timers.pass(50)
  }
  gesture.end()
  const ends = shapes().map(({ points }) => [points[0].x, points.at(-1).x])
  assert.equal(ends.at(-1)[1], 18_000)
  for (let i = 1; i < ends.length; i++) assert.equal(ends[i][0], ends[i - 1][1], 'there is a gap')
  drawing.undo()
  assert.deepEqual(shapes(), [])
})
