// The board: what is drawn by both is on both, each undoes only what is theirs, and nothing odd is ever drawn.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitted, panned, pinched, toPaper, toScreen, zoomed } from '../../../frontend/js/room/together/board/camera.js'
import { createDrawing } from '../../../frontend/js/room/together/board/drawing.js'
import { outline, touches } from '../../../frontend/js/room/together/board/outlines.js'
import { FIRST_PAGE, bounds, boundsOfAll, readShape } from '../../../frontend/js/room/together/board/shapes.js'
import { Y, joined, page, settle } from './together-fakes.js'

let made = 0
const newId = () => `shape-${++made}`
const drawingOf = ({ document }, full) => createDrawing({ Y, document, newId, full })
const rect = { kind: 'rect', page: FIRST_PAGE, ink: 'blue', width: 4, x: 10, y: 20, w: 100, h: 50 }
const stroke = { kind: 'pen', page: FIRST_PAGE, ink: 'red', width: 4, x: 0, y: 0, w: 0, h: 0 }
const along = (...xs) => xs.map((x) => ({ x, y: 5, press: 0.5 }))

test('a shape that is put on the board is read back as it was', () => {
  const drawing = drawingOf(page())
  const id = drawing.add(rect)
  assert.deepEqual(drawing.shape(id), { id, ...rect })
  const pen = drawing.add({ ...stroke, points: along(0, 10.25) })
  drawing.extend(pen, along(20))
  assert.deepEqual(
    drawing.shape(pen).points,
    [0, 10.3, 20].map((x) => ({ x, y: 5, press: 0.5 })),
  )
  const text = drawing.add({ ...rect, kind: 'text', text: 'two\nlines' })
  assert.deepEqual(drawing.shape(text).lines, ['two', 'lines'])
})

test('both draw at once and both see all of it, in the same order', async () => {
  const { a, b } = await joined()
  const [one, two] = [drawingOf(a), drawingOf(b)]
  const pens = [one.add({ ...stroke, points: along(1) }), two.add({ ...stroke, points: along(2) })]
  for (let x = 0; x < 30; x++) {
    one.extend(pens[0], along(x))
    two.extend(pens[1], along(x))
    if (x % 10 === 0) await settle()
  }
  await settle()
  assert.equal(one.shapes(FIRST_PAGE).length, 2)
  assert.deepEqual(one.shapes(FIRST_PAGE), two.shapes(FIRST_PAGE))
  assert.equal(two.shape(pens[0]).points.length, 31)
})

test('undo takes back one’s own last act and leaves the other’s', async () => {
  const { a, b } = await joined()
  const [one, two] = [drawingOf(a), drawingOf(b)]
  const mine = one.add(rect)
  await settle()
  two.add({ ...rect, ink: 'green' })
  await settle()
  one.undo()
  await settle()
  assert.deepEqual(
    one.shapes(FIRST_PAGE).map(({ ink }) => ink),
    ['green'],
  )
  assert.equal(one.undoable, false)
  one.redo()
  await settle()
  assert.equal(two.shape(mine).ink, 'blue')
})

test('a whole stroke is one act, and so is a whole move', () => {
  const drawing = drawingOf(page())
  const id = drawing.add({ ...stroke, points: along(0) })
  for (let x = 1; x < 9; x++) drawing.extend(id, along(x))
  drawing.anew()
  for (let i = 0; i < 5; i++) drawing.shift(id, { dx: 10 })
  drawing.undo()
  assert.equal(drawing.shape(id).x, 0)
  assert.equal(drawing.shape(id).points.length, 9)
  drawing.undo()
  assert.equal(drawing.shape(id), null)
})

test('clearing a page leaves the other pages, and can be undone', () => {
  const drawing = drawingOf(page())
  drawing.add(rect)
  const second = drawing.addPage()
  drawing.add({ ...rect, page: second })
  drawing.anew()
  drawing.clear(FIRST_PAGE)
  assert.equal(drawing.shapes(FIRST_PAGE).length, 0)
  assert.equal(drawing.shapes(second).length, 1)
  drawing.undo()
  assert.equal(drawing.shapes(FIRST_PAGE).length, 1)
  drawing.anew()
  drawing.removePage(second)
  assert.deepEqual(drawing.pages(), [FIRST_PAGE])
  drawing.undo()
  assert.deepEqual([drawing.pages().length, drawing.shapes(second).length], [2, 1])
})

test('a shape that the other has taken away can no longer be moved, and nothing breaks', async () => {
  const { a, b } = await joined()
  const [one, two] = [drawingOf(a), drawingOf(b)]
  const id = one.add(rect)
  await settle()
  two.remove(id)
  one.shift(id, { dx: 5 })
  await settle()
  one.shift(id, { dx: 5 })
  one.extend(id, along(1))
  assert.equal(one.shape(id), null)
  assert.equal(two.shape(id), null)
})

const odd = {
  'no box': { box: undefined },
  'a box of words': { box: 'a b c d' },
  'a box at the end of the world': { box: '1e12 0 1 1' },
  'another kind': { kind: 'script' },
  'no id': { id: '' },
  'an id with more in it': { id: '"><script>' },
  'a picture of no material': { kind: 'image', material: '../../me' },
  'an empty text': { kind: 'text', text: '  ' },
  'a stroke without points': { kind: 'pen' },
}

for (const [what, change] of Object.entries(odd)) {
  test(`not drawn: ${what}`, () => {
    const map = new Map(Object.entries({ id: 'a', page: 'first', kind: 'rect', box: '0 0 9 9', ink: 'red', ...change }))
    assert.equal(readShape(map), null)
  })
}

test('an ink or width that there is not becomes an ordinary one', () => {
  const map = new Map(
    Object.entries({ id: 'a', page: 'first', kind: 'rect', box: '0 0 9 9', ink: 'url(x)', width: 1e9 }),
  )
  assert.deepEqual([readShape(map).ink, readShape(map).width], ['black', 4])
  assert.equal(readShape(new Map([...map, ['ink', 'constructor']])).ink, 'black')
})

test('without room nothing is added and it is said', () => {
  const it = page()
  let full = 0
  const drawing = drawingOf(it, () => full++)
  it.document.notes.insert(0, 'x'.repeat(1_980_000))
  assert.equal(drawing.add(rect), null)
  assert.equal(full, 1)
})

test('outlines are finite paths, a pressed stroke is a filled one', () => {
  const pressed = [0, 10, 20].map((x) => ({ x, y: x, press: x / 20 }))
  const shapes = [
    rect,
    { ...rect, kind: 'ellipse', w: -40 },
    { ...rect, kind: 'arrow', w: 0, h: 0 },
    { ...rect, kind: 'line' },
    { ...stroke, points: along(3) },
    { ...stroke, points: pressed },
    { ...stroke, points: [...pressed, pressed[2], pressed[2]] },
  ]
  for (const shape of shapes) assert.doesNotMatch(outline(shape).d, /NaN|Infinity|undefined/)
  assert.equal(outline({ ...stroke, points: pressed }).filled, true)
  assert.equal(outline({ ...rect, kind: 'text' }), null)
})

test('a point touches the lines of a shape, not the empty middle', () => {
  assert.ok(touches(rect, { x: 10, y: 40 }, 4))
  assert.ok(!touches(rect, { x: 60, y: 45 }, 4))
  assert.ok(touches({ ...rect, kind: 'ellipse' }, { x: 60, y: 20 }, 4))
  assert.ok(!touches({ ...rect, kind: 'ellipse' }, { x: 60, y: 45 }, 4))
  assert.ok(touches({ ...rect, kind: 'arrow' }, { x: 60, y: 45 }, 4))
  assert.ok(touches({ ...stroke, x: 100, points: along(0, 50) }, { x: 125, y: 6 }, 4))
  assert.ok(touches({ ...rect, kind: 'image' }, { x: 60, y: 45 }, 4))
})

test('all shapes together fit their rectangle', () => {
  assert.deepEqual(bounds({ ...rect, w: -100 }), { x: -90, y: 20, w: 100, h: 50 })
  assert.deepEqual(boundsOfAll([rect, { ...rect, x: 200 }], 6), { x: 0, y: 10, w: 310, h: 70 })
  assert.equal(boundsOfAll([]), null)
})

test('zooming keeps what is under the finger, and there and back is where one was', () => {
  const camera = { x: 5, y: 7, scale: 2 }
  const point = { x: 100, y: 40 }
  const near = (a, b) => assert.ok(Math.hypot(a.x - b.x, a.y - b.y) < 1e-9)
  near(toPaper(zoomed(camera, 1.7, point), point), toPaper(camera, point))
  near(toScreen(camera, toPaper(camera, point)), point)
  near(toPaper(panned(camera, 10, 0), { x: 110, y: 40 }), toPaper(camera, point))
  const fingers = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]
  assert.equal(pinched(camera, fingers, [fingers[0], { x: 200, y: 0 }]).scale, 4)
  assert.equal(zoomed(camera, 1e9, point).scale, 8)
  const view = fitted({ x: 0, y: 0, w: 1000, h: 10 }, { width: 500, height: 400 })
  assert.ok(toScreen(view, { x: 1000, y: 10 }).x <= 500)
})
