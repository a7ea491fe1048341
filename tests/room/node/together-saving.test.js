// What is written is saved soon, kept here until it is, and never lost to a network that is down.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pack, unpack } from '../../../frontend/js/room/together/snapshot.js'
import { person, server, textOf, written } from './together-shelf.js'

test('a snapshot is what was packed, whatever room is left in it', () => {
  const update = new Uint8Array([1, 2, 3])
  assert.deepEqual([...unpack(pack(update, 100))], [1, 2, 3])
  assert.equal(unpack(new Uint8Array(20)), null)
  assert.equal(unpack(pack(update).subarray(0, 9)), null)
})

test('what is written is on the server five quiet seconds later', async () => {
  const at = server()
  const { document, saving, timers, told, keep } = person('mentor', at)
  await saving.load()
  document.notes.insert(0, 'Hello')
  await timers.pass(4000)
  document.notes.insert(5, ' there')
  await timers.pass(4900)
  assert.equal(at.held.size, 0)
  assert.ok(await keep.read())
  await timers.pass(200)
  assert.equal(textOf(at.held.get('/lessons/mentor')), 'Hello there')
  assert.deepEqual(told, ['loaded', 'unsaved', 'saving', 'saved'])
  assert.equal(await keep.read(), undefined)
})

test('the address is asked for before it is needed, once for each time it is used', async () => {
  const at = server()
  const { document, saving, timers } = person('mentor', at)
  await saving.load()
  for (let i = 0; i < 5; i++) document.notes.insert(0, 'word ')
  await timers.pass(6000)
  assert.equal(at.asked.filter(([method]) => method === 'POST').length, 1)
})

test('nothing of the other is saved as ours, and nothing is saved that nobody wrote', async () => {
  const at = server()
  const { document, saving, timers } = person('learner', at)
  await saving.load()
  document.take(written('theirs'), 'wire')
  await timers.pass(20_000)
  assert.equal(at.held.size, 0)
})

test('with the network down it says so, keeps a copy here, and saves once the network is back', async () => {
  const at = server()
  const { document, saving, timers, told, keep } = person('mentor', at)
  await saving.load()
  at.down = true
  document.notes.insert(0, 'offline words')
  await timers.pass(60_000)
  assert.equal(told.at(-1), 'unsaved')
  assert.ok(await keep.read())
  at.down = false
  saving.hurry()
  await timers.pass(100)
  assert.equal(told.at(-1), 'saved')
  assert.equal(textOf(at.held.get('/lessons/mentor')), 'offline words')
})

test('what a page could not save, the next page of the same person saves', async () => {
  const at = server()
  const first = person('mentor', at)
  await first.saving.load()
  at.down = true
  first.document.notes.insert(0, 'from before')
  await first.timers.pass(3000)
  first.saving.close()
  at.down = false
  const second = person('mentor', at, first.keep)
  await second.saving.load()
  assert.equal(second.document.notes.toString(), 'from before')
  await second.timers.pass(6000)
  assert.equal(textOf(at.held.get('/lessons/mentor')), 'from before')
})

test('before the server was read nothing is written over what it has', async () => {
  const at = server()
  const earlier = person('mentor', at)
  await earlier.saving.load()
  earlier.document.notes.insert(0, 'yesterday ')
  await earlier.timers.pass(6000)
  at.down = true
  const { document, saving, timers } = person('mentor', at)
  saving.load()
  await timers.pass(10)
  document.notes.insert(0, 'today ')
  await timers.pass(30_000)
  at.down = false
  await timers.pass(60_000)
  assert.match(textOf(at.held.get('/lessons/mentor')), /yesterday/)
  assert.match(textOf(at.held.get('/lessons/mentor')), /today/)
})

test('without a line each sees what the other has saved', async () => {
  const at = server()
  const [mentor, learner] = [person('mentor', at), person('learner', at)]
  await Promise.all([mentor.saving.load(), learner.saving.load()])
  mentor.document.notes.insert(0, 'M ')
  learner.document.notes.insert(0, 'L ')
  await Promise.all([mentor.timers.pass(6000), learner.timers.pass(6000)])
  await Promise.all([mentor.saving.look(), learner.saving.look()])
  assert.equal(mentor.document.notes.toString(), learner.document.notes.toString())
  assert.equal(mentor.document.notes.length, 4)
})

test('a snapshot that makes no sense is left out, and said so', async () => {
  const at = server()
  at.held.set('/lessons/learner', pack(Uint8Array.from({ length: 90 }, (_, n) => (n * 37 + 5) % 251)))
  const { document, saving, told } = person('mentor', at)
  await saving.load()
  assert.ok(told.includes('refused'))
  document.notes.insert(0, 'goes on')
})

test('a document says that it is nearly full, and that it is full, before it may not be saved', async () => {
  const { document, told } = person('mentor', server())
  const words = 'lorem '.repeat(40_000)
  for (let i = 0; i < 7; i++) document.notes.insert(0, words)
  assert.ok(told.includes('near'))
  assert.ok(document.hasRoomFor(1000))
  document.notes.insert(0, words)
  document.notes.insert(0, words.slice(0, 60_000))
  assert.equal(document.fullness, 'full')
  assert.equal(document.hasRoomFor(1000), false)
  document.notes.delete(0, document.notes.length)
  document.whole()
  assert.equal(document.fullness, 'fine')
})
