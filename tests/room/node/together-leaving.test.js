// What is written outlives pages that go away, devices that are changed and people who are gone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, server, textOf, written } from './together-shelf.js'

test('as the page goes away a last small snapshot is sent along', async () => {
  const at = server()
  const { document, saving, timers } = person('mentor', at)
  await saving.load()
  for (const word of ['these ', 'are ', 'the ', 'last ', 'words']) {
    document.notes.insert(document.notes.length, word)
    await timers.pass(2000)
  }
  saving.leaving()
  assert.deepEqual(at.asked.at(-1), ['PUT', '/lessons/mentor', true])
  assert.equal(textOf(at.held.get('/lessons/mentor')), 'these are the last words')
})

test('who writes on without a pause is saved meanwhile', async () => {
  const at = server()
  const { document, saving, timers } = person('mentor', at)
  await saving.load()
  for (let second = 0; second < 20; second++) {
    document.notes.insert(0, 'w')
    await timers.pass(1000)
  }
  assert.ok(textOf(at.held.get('/lessons/mentor')).length >= 14)
})

test('what only this page has of the other is saved once they are out of reach', async () => {
  const at = server()
  const { document, saving, timers, told } = person('learner', at)
  await saving.load()
  saving.alone()
  await timers.pass(20_000)
  assert.equal(at.held.size, 0, 'there was nothing to save')
  document.take(written('their last words'), 'wire')
  saving.alone()
  assert.equal(told.at(-1), 'unsaved')
  await timers.pass(6000)
  assert.equal(textOf(at.held.get('/lessons/learner')), 'their last words')
})

test('who leaves after the other saves what they wrote', async () => {
  const at = server()
  const { document, saving } = person('learner', at)
  await saving.load()
  document.take(written('theirs'), 'wire')
  await saving.save()
  assert.equal(textOf(at.held.get('/lessons/learner')), 'theirs')
})

test('what another page of ours saved meanwhile is not written over', async () => {
  const at = server()
  const [desk, phone] = [person('mentor', at), person('mentor', at)]
  await Promise.all([desk.saving.load(), phone.saving.load()])
  desk.document.notes.insert(0, 'from the desk. ')
  desk.saving.doubt() // the phone takes over
  await desk.saving.save()
  phone.document.notes.insert(0, 'from the phone. ')
  await phone.timers.pass(6000)
  assert.match(textOf(at.held.get('/lessons/mentor')), /desk/)
  at.down = true
  desk.document.notes.insert(0, 'late. ')
  await desk.timers.pass(10_000)
  at.down = false
  await desk.timers.pass(60_000)
  for (const words of [/desk/, /phone/, /late/]) assert.match(textOf(at.held.get('/lessons/mentor')), words)
})

test('both snapshots of a large document are taken, for they are nearly the same', async () => {
  const at = server()
  const mentor = person('mentor', at)
  await mentor.saving.load()
  mentor.document.notes.insert(0, 'x'.repeat(1_300_000))
  await mentor.timers.pass(6000)
  const learner = person('learner', at)
  await learner.saving.load()
  learner.document.notes.insert(0, 'added. ')
  await learner.timers.pass(6000)
  const anew = person('mentor', at)
  await anew.saving.load()
  assert.ok(!anew.told.includes('refused'))
  assert.match(anew.document.notes.toString(), /^added/)
})

test('what is being saved while the page goes away is kept here until it is', async () => {
  const at = server()
  const { document, saving, timers, keep } = person('mentor', at)
  await saving.load()
  document.notes.insert(0, 'on its way')
  const { http } = at
  let arrive
  at.http = (...call) => new Promise((resolve) => (arrive = () => resolve(http(...call))))
  const saved = saving.save()
  await timers.pass(300)
  assert.ok(await keep.read())
  arrive()
  await saved
  assert.equal(await keep.read(), undefined)
})

test('nothing that is saved or looked at takes anybody out of a call, were their session to lapse', async () => {
  const at = server()
  const { document, saving } = person('mentor', at)
  await saving.load()
  document.notes.insert(0, 'words')
  await saving.save()
  await saving.look()
  assert.equal(at.loud, false)
})

test('a snapshot on its way outlives the page, as long as browsers allow that', async () => {
  const at = server()
  const { document, saving } = person('mentor', at)
  await saving.load()
  document.notes.insert(0, 'small')
  await saving.save()
  assert.deepEqual(at.asked.at(-1), ['PUT', '/lessons/mentor', true])
  document.notes.insert(0, 'x'.repeat(80_000))
  await saving.save()
  assert.deepEqual(at.asked.at(-1), ['PUT', '/lessons/mentor', false])
})
