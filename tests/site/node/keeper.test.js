import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { keeper } from '../../../frontend/js/wizard/keeper.js'

// A server that answers when it is told to.
function server() {
  const asked = []
  const save = (words) => new Promise((resolve, reject) => asked.push({ words, resolve, reject }))
  return { asked, save, words: () => asked.map((each) => each.words) }
}
const settled = () => wait(1)

test('only the last of what is typed in a row is saved', async () => {
  const { asked, save, words } = server()
  const told = []
  const kept = keeper({ save, told: (state) => told.push(state), pause: 5 })
  for (const typed of ['S', 'So', 'Sort']) kept.keep(typed)
  assert.equal(kept.behind(), true)
  await wait(15)
  assert.deepEqual(words(), ['Sort'])
  asked[0].resolve()
  await settled()
  assert.deepEqual([told, kept.behind()], [['saving', 'saved'], false])
})

test('one saving at a time: what is typed meanwhile follows', async () => {
  const { asked, save, words } = server()
  const kept = keeper({ save, told() {}, pause: 1 })
  kept.keep('one')
  await wait(10)
  kept.keep('two')
  await wait(10)
  assert.deepEqual(words(), ['one'])
  asked[0].resolve()
  await wait(10)
  assert.deepEqual(words(), ['one', 'two'])
  asked[1].resolve()
  await settled()
  assert.equal(kept.behind(), false)
})

test('what could not be saved for now is saved again, what was refused is not', async () => {
  const { asked, save, words } = server()
  const told = []
  const kept = keeper({ save, told: (state) => told.push(state), pause: 1, retry: 5 })
  kept.keep('one')
  await wait(10)
  asked[0].reject({ status: 0 })
  await wait(15)
  assert.deepEqual(words(), ['one', 'one'])
  asked[1].reject({ status: 409 })
  await wait(15)
  assert.deepEqual([words().length, told.at(-1), kept.behind()], [2, 'failed', true])
})

test('after stopping nothing is sent, and what was on its way has arrived', async () => {
  const { asked, save, words } = server()
  const kept = keeper({ save, told() {}, pause: 1, retry: 1 })
  kept.keep('one')
  await wait(10)
  kept.keep('two')
  const stopped = kept.stop()
  asked[0].reject({ status: 500 })
  await stopped
  await wait(10)
  assert.deepEqual([words(), kept.behind()], [['one'], false])
})
