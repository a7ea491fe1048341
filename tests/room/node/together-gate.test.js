// What no page of ours could have sent is not taken, and what is taken can always be read again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrawing } from '../../../frontend/js/room/together/board/drawing.js'
import { Y, joined, page, settle } from './together-fakes.js'

const bytesOf = (length) => Uint8Array.from({ length }, (_, at) => (at * 7) % 251)

const hostile = {
  'bytes at random': () => bytesOf(400),
  'a text with formats': () => change((doc) => doc.getText('notes').insert(0, 'bold', { bold: true })),
  'a text with things in it': () => change((doc) => doc.getText('notes').insertEmbed(0, { image: 'x' })),
  'a root of another name': () => change((doc) => doc.getText('elsewhere').insert(0, 'x')),
  'a list where a text is': () => change((doc) => doc.getArray('notes').push([1, 2])),
  'a map where a text is': () => change((doc) => doc.getMap('code').set('a', 'b')),
  'shapes that are no shapes': () => change((doc) => doc.getArray('board').push([{ kind: 'pen' }])),
  'a text where a shape is': () => change((doc) => doc.getArray('board').push([new Y.Text('x')])),
  'a value too long': () => change((doc) => doc.getMap('facts').set('language', 'x'.repeat(5000))),
  'deep values': () => change((doc) => doc.getMap('facts').set('language', [[[[1]]]])),
  'lists in lists': () => change((doc) => doc.getArray('board').push([shapeOf(Y.Array.from([Y.Array.from([1])]))])),
  'shapes in lists': () => change((doc) => doc.getArray('board').push([shapeOf(Y.Array.from([new Y.Map()]))])),
  'something of no length': () => Uint8Array.from([1, 1, 1, 0, 0, 0, 0]),
  'nothing taken away': () => Uint8Array.from([0, 1, 1, 1, 0, 0]),
  'bytes as a value': () => change((doc) => doc.getMap('facts').set('language', new Uint8Array(9))),
  'more than there may ever be': () => change((doc) => doc.getText('notes').insert(0, 'z'.repeat(2_200_000))),
}

function shapeOf(points) {
  const map = new Y.Map()
  map.set('points', points)
  return map
}

function change(work) {
  const doc = new Y.Doc()
  work(doc)
  return Y.encodeStateAsUpdate(doc)
}

for (const [what, made] of Object.entries(hostile)) {
  test(`refused: ${what}`, () => {
    const { document } = page()
    document.notes.insert(0, 'mine')
    assert.equal(document.take(made(), 'wire'), 'refused')
    assert.equal(document.notes.toString(), 'mine')
  })
}

test('what is put into a text beside our own letters is refused too', () => {
  const { document } = page()
  document.notes.insert(0, 'mine')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.whole())
  const before = Y.encodeStateVector(doc)
  doc.getText('notes').insertEmbed(2, { image: 'x' })
  assert.equal(document.take(Y.encodeStateAsUpdate(doc, before), 'wire'), 'refused')
})

test('what was hostile leaves a document that another page can read', () => {
  const { document } = page()
  document.notes.insert(0, 'mine')
  for (const made of Object.values(hostile)) document.take(made(), 'wire')
  const anew = page().document
  assert.equal(anew.take(document.whole(), 'server'), 'fine')
  assert.equal(anew.notes.toString(), 'mine')
})

test('what was erased and brought back, again and again, is on both', async () => {
  const { a, b } = await joined()
  let made = 0
  const [one, two] = [a, b].map(({ document }) => createDrawing({ Y, document, newId: () => `s${++made}` }))
  const pen = { kind: 'pen', page: 'first', ink: 'red', width: 4, x: 0, y: 0, w: 0, h: 0 }
  const id = one.add({ ...pen, points: [{ x: 1, y: 1, press: 0.5 }] })
  await settle()
  for (const drawing of [two, one, two]) {
    drawing.shift(id, { dx: 5 })
    drawing.anew()
    drawing.remove(id)
    await settle()
    drawing.undo()
    await settle()
  }
  assert.equal(one.shapes('first').length, 1)
  assert.deepEqual(one.shapes('first'), two.shapes('first'))
  assert.deepEqual(
    [a, b].map(({ told }) => told.lines.at(-1)),
    ['open', 'open'],
  )
})
