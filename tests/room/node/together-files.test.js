// What is taken along from a session: text as text, the board as a picture, and nothing in either that could do anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf, picturesOf } from '../../../frontend/js/lesson/boards.js'
import { createDrawing } from '../../../frontend/js/room/together/board/drawing.js'
import { frameOf, paint } from '../../../frontend/js/room/together/board/export.js'
import { FIRST_PAGE } from '../../../frontend/js/room/together/board/shapes.js'
import { fileName } from '../../../frontend/js/room/together/languages.js'
import { pack } from '../../../frontend/js/room/together/snapshot.js'
import { Y, page } from './together-fakes.js'

let made = 0
const style = { page: FIRST_PAGE, ink: 'red', width: 4, x: 10, y: 20, w: 100, h: 50 }

function session() {
  const it = page()
  const drawing = createDrawing({ Y, document: it.document, newId: () => `s${++made}` })
  return { document: it.document, drawing, packed: () => pack(it.document.whole(), 100_000) }
}

test('both sides together become one picture for each page that has anything on it', async () => {
  const [mentor, learner] = [session(), session()]
  mentor.drawing.add({ kind: 'rect', ...style })
  learner.drawing.add({ kind: 'image', ...style, material: 'mat_1' })
  learner.drawing.addPage()
  const pages = pagesOf([mentor.packed(), null, new Uint8Array(50), learner.packed()])
  assert.deepEqual(
    pages.map((shapes) => shapes.map(({ kind }) => kind).sort()),
    [['image', 'rect']],
  )
  const painted = []
  const paint = async (shapes, blobOf) => painted.push(blobOf('mat_1')) && 'png'
  const fetchImage = async (material) => `bytes of ${material}`
  const pictures = await picturesOf(pages, { title: 'Reading “tracebacks”!', fetchImage, paint })
  assert.deepEqual(pictures, [{ name: 'reading-tracebacks-board-1.png', png: 'png' }])
  assert.deepEqual(painted, ['bytes of mat_1'])
})

test('of a session in which nothing was drawn there are no pictures, whatever lies on the shelf', () => {
  assert.deepEqual(pagesOf([null, new Uint8Array(50)]), [])
})

test('a file’s name is made of letters and digits of any script', () => {
  assert.equal(fileName('C++ / पायथन: loops', 'notes', 'md'), 'c-पायथन-loops-notes.md')
  assert.equal(fileName('???', 'code', 'txt'), 'session-code.txt')
})

test('the picture of a page holds all that is on it and is never too large for a browser', () => {
  const near = [{ kind: 'rect', ...style }]
  const frame = frameOf(near)
  assert.deepEqual([frame.x, frame.y, frame.width, frame.height], [-18, -8, 312, 212])
  const far = [...near, { kind: 'rect', ...style, x: 90_000 }]
  assert.ok(frameOf(far).width <= 4096)
  assert.ok(frameOf([]).width > 0)
})

test('each kind of shape is painted with what it is made of', () => {
  const calls = []
  const note =
    (name) =>
    (...what) =>
      calls.push([name, ...what])
  const context = { fillRect: note('paper'), setTransform() {}, stroke: note('stroke'), fill: note('fill') }
  Object.assign(context, { fillText: note('text'), drawImage: note('image') })
  class Path {
    constructor(d) {
      this.d = d
    }
  }
  const shapes = [
    { kind: 'rect', ...style },
    { kind: 'text', ...style, text: 'a\nb', lines: ['a', 'b'] },
    { kind: 'image', ...style, material: 'm1' },
    { kind: 'image', ...style, material: 'not here' },
  ]
  paint(context, shapes, frameOf(shapes), { bitmaps: new Map([['m1', 'bitmap']]), Path })
  assert.deepEqual(
    calls.map(([name]) => name),
    ['paper', 'stroke', 'text', 'text', 'image'],
  )
})
