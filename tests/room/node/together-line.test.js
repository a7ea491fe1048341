// What is written together meets over a line that comes and goes, and what makes no sense stays outside.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FRAME, Malformed, createAssembly, split } from '../../../frontend/js/room/together/frames.js'
import { KIND } from '../../../frontend/js/room/together/sync.js'
import { readPresence } from '../../../frontend/js/room/together/presence.js'
import { Y, joined, line, page, settle } from './together-fakes.js'

const bytesOf = (length) => Uint8Array.from({ length }, (_, at) => (at * 37 + 5) % 251)
const read = (text) => new TextEncoder().encode(text)

test('a message of any length comes out of its frames as it went in', () => {
  for (const length of [0, 1, FRAME - 2, FRAME - 1, FRAME, 3 * FRAME, 200_000]) {
    const frames = split(3, bytesOf(length))
    assert.ok(frames.every((frame) => frame.length <= FRAME))
    const assembly = createAssembly(() => 1e6)
    const whole = frames.map((frame) => assembly.take(frame)).at(-1)
    assert.deepEqual(whole, { kind: 3, bytes: bytesOf(length) })
  }
})

test('a short message may pass between the frames of a long one', () => {
  const assembly = createAssembly(() => 1e6)
  const [first, second] = split(3, bytesOf(20_000))
  assert.equal(assembly.take(first), null)
  assert.deepEqual(assembly.take(split(4, bytesOf(3))[0]), { kind: 4, bytes: bytesOf(3) })
  assert.equal(assembly.take(second).bytes.length, 20_000)
})

test('no message grows beyond what its kind may have, and no empty frames go on for ever', () => {
  const assembly = createAssembly((kind) => (kind === 3 ? 30_000 : 0))
  const frames = split(3, bytesOf(50_000))
  assembly.take(frames[0])
  assert.throws(() => assembly.take(frames[1]), Malformed)
  assert.throws(() => assembly.take(split(9, bytesOf(1))[0]), Malformed)
  assert.throws(() => assembly.take(new Uint8Array([0x83])), Malformed)
  assert.throws(() => assembly.take(new Uint8Array([0x83, 1])), Malformed, 'a byte at a time')
  assert.throws(() => assembly.take(new Uint8Array(0)), Malformed)
})

test('what each wrote before they met and since is in both', async () => {
  const [a, b] = [page(), page()]
  a.document.notes.insert(0, 'Asha wrote. ')
  b.document.notes.insert(0, 'Vikram wrote. ')
  await joined(a, b)
  a.document.code.insert(0, 'print(1)')
  b.document.facts.set('language', 'python')
  await settle()
  for (const { document } of [a, b]) {
    assert.match(document.notes.toString(), /Asha wrote/)
    assert.match(document.notes.toString(), /Vikram wrote/)
    assert.equal(document.code.toString(), 'print(1)')
    assert.equal(document.facts.get('language'), 'python')
  }
  assert.equal(a.document.notes.toString(), b.document.notes.toString())
})

test('what was written while the line was gone comes over the next one', async () => {
  const { a, b, ends } = await joined()
  a.sync.use(null)
  b.sync.use(null)
  ends.forEach((end) => (end.readyState = 'closed'))
  a.document.notes.insert(0, 'x'.repeat(100_000))
  b.document.notes.insert(0, 'meanwhile ')
  assert.equal(a.told.lines.at(-1), 'none')
  await joined(a, b)
  assert.equal(a.document.notes.toString(), b.document.notes.toString())
  assert.equal(a.document.notes.length, 100_010)
})

test('a page that has the document later than the other still gets and gives all', async () => {
  const [a, b] = [page(), page()]
  const ends = line()
  a.document.notes.insert(0, 'first ')
  b.document.notes.insert(0, 'kept ')
  a.sync.use(ends[0])
  ends.forEach((end) => end.open())
  await settle() // what a said meanwhile reached nobody
  b.sync.use(ends[1])
  await settle()
  assert.equal(a.document.notes.toString(), b.document.notes.toString())
  assert.equal(a.document.notes.length, 11)
})

test('a slow line is not flooded, and what did not go through comes once it is free', async () => {
  const { a, b, ends } = await joined()
  ends[0].held = true
  for (let i = 0; i < 40; i++) a.document.notes.insert(0, 'y'.repeat(30_000))
  assert.ok(ends[0].bufferedAmount < 300 * 1024, `${ends[0].bufferedAmount} bytes were handed over`)
  a.document.notes.delete(0, 1_100_000)
  ends[0].drained()
  await settle()
  ends[0].drained()
  await settle()
  // the frames that the line held were lost with it here: comparing anew brings all
  a.sync.use(null)
  b.sync.use(null)
  await joined(a, b)
  assert.equal(b.document.notes.toString(), a.document.notes.toString())
})

test('the other is seen where they are, and is gone with the line', async () => {
  const { a, b } = await joined()
  a.presence.set({ at: 'board', page: 'p1', pointer: [10, 20] })
  await a.timers.pass(60)
  assert.deepEqual(b.told.theirs, { at: 'board', page: 'p1', pointer: [10, 20], caret: null })
  b.sync.use(null)
  assert.equal(b.told.theirs, null)
})

test('presence is taken apart before it is believed', () => {
  assert.equal(readPresence(read('{')), null)
  assert.equal(readPresence(read('[1]')), null)
  assert.equal(readPresence(read('null')), null)
  const odd = { at: '<img>', page: 7, pointer: [1, 'x'], caret: 'here', name: 'Somebody else' }
  assert.deepEqual(readPresence(read(JSON.stringify(odd))), { at: '', page: '', pointer: null, caret: null })
  assert.equal(readPresence(read('{"pointer":[1e9,0]}')).pointer, null)
})

test('a change that leans on what is not here is not hoarded; all is asked for instead', async () => {
  const { a, b, ends } = await joined()
  const doc = new Y.Doc()
  doc.getText('notes').insert(0, 'one ')
  const before = Y.encodeStateVector(doc)
  doc.getText('notes').insert(4, 'two')
  assert.equal(a.document.take(Y.encodeStateAsUpdate(doc, before), 'wire'), 'gap')
  assert.equal(a.document.notes.toString(), '')
  const said = ends[0].sent.length
  for (const frame of split(KIND.change, Y.encodeStateAsUpdate(doc, before))) ends[0].deliver(frame)
  await a.timers.pass(1100)
  assert.equal(ends[0].sent[said][0], KIND.hello)
  assert.equal(a.document.take(Y.encodeStateAsUpdate(doc), 'wire'), 'fine')
  await settle()
  assert.equal(b.document.notes.toString(), '')
})

test('who speaks nonsense is heard no longer on that line, and what is written goes on', async () => {
  const { a, ends } = await joined()
  a.document.notes.insert(0, 'mine')
  for (let i = 0; i < 6; i++) ends[0].deliver(split(KIND.change, bytesOf(50))[0])
  ends[0].deliver('words')
  assert.equal(a.told.lines.at(-1), 'muted')
  a.document.notes.insert(4, ' still')
  assert.equal(a.document.notes.toString(), 'mine still')
})

test('who asks for everything without an end is heard no longer', async () => {
  const { a, ends } = await joined()
  for (let i = 0; i < 300; i++) ends[0].deliver(split(KIND.hello, new Uint8Array([0]))[0])
  assert.equal(a.told.lines.at(-1), 'muted')
  assert.ok(ends[0].sent.length < 600)
})

test('a state that is none, and kinds that nobody knows, are nonsense and nothing more', async () => {
  const { a, ends } = await joined()
  ends[0].deliver(split(KIND.hello, new Uint8Array([255, 255, 255]))[0])
  ends[0].deliver(new Uint8Array([77, 1, 2]))
  ends[0].deliver(split(KIND.presence, bytesOf(3000))[0])
  assert.equal(a.told.lines.at(-1), 'open')
})
