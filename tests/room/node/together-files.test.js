// What is taken along from a session: text as text, the board as a picture, and nothing in either that could do anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrawing } from '../../../frontend/js/room/together/board/drawing.js'
import { frameOf, paint } from '../../../frontend/js/room/together/board/export.js'
import { FIRST_PAGE } from '../../../frontend/js/room/together/board/shapes.js'
import { filesOf } from '../../../frontend/js/room/together/files.js'
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

test('both sides together become notes, code in its language and one picture for each page', () => {
  const [mentor, learner] = [session(), session()]
  mentor.document.notes.insert(0, 'Read the last line first.')
  learner.document.code.insert(0, 'print(1)')
  learner.document.facts.set('language', 'python')
  mentor.drawing.add({ kind: 'rect', ...style })
  learner.drawing.add({ kind: 'text', ...style, text: '<script>alert(1)</script>\u0000' })
  const files = filesOf({ Y, snapshots: [mentor.packed(), learner.packed()], title: 'Reading “tracebacks”!' })
  assert.deepEqual(
    files.map(({ name }) => name),
    ['reading-tracebacks-notes.md', 'reading-tracebacks-code.py', 'reading-tracebacks-board-1.svg'],
  )
  const [notes, code, board] = files.map(({ content }) => content)
  assert.deepEqual([notes, code], ['Read the last line first.', 'print(1)'])
  assert.match(board, /<path d="M10 20h100v50h-100Z" fill="none" stroke="#b91c1c"/)
  assert.match(board, /&lt;script&gt;alert\(1\)&lt;\/script&gt;<\/tspan>/)
})

test('of a session in which nothing was written there are no files, whatever lies on the shelf', () => {
  assert.deepEqual(filesOf({ Y, snapshots: [null, new Uint8Array(50)], title: 'x' }), [])
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
