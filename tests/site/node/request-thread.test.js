import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

let asked = []
let answers = []
globalThis.document = {}
globalThis.localStorage = { getItem: () => null, setItem() {} }
globalThis.fetch = async (path, { body, headers }) => {
  asked.push({ ...JSON.parse(body), key: headers['Idempotency-Key'] })
  const answer = answers.shift()
  if (answer instanceof Error) throw answer
  return { status: 201, ok: true, headers: new Headers(), json: async () => answer }
}
const { requestThread } = await import('../../../frontend/js/components/request-thread.js')

const thread = () => ({
  ...requestThread(),
  thread: 'ready',
  path: (move) => `/requests/req_1${move}`,
  $refs: {},
  $nextTick() {},
})
const word = (id, text) => ({ id, by: 'learner', text, at: '2026-03-02T12:00:00Z' })
const say = (page, text) => Object.assign(page, { text }).say()

beforeEach(() => {
  asked = []
  answers = []
})

test('words whose answer was lost are sent again under the same key, and stand there once', async () => {
  answers = [new TypeError('network'), word('msg_1', 'Friday?')]
  const page = thread()
  await say(page, 'Friday?')
  assert.equal(page.text, 'Friday?')
  page.merge([word('msg_1', 'Friday?')]) // it had arrived, and comes as news
  await say(page, ' Friday? ')
  assert.match(asked[0].key, /^[\w-]{8,64}$/)
  assert.deepEqual(asked[1], asked[0])
  assert.deepEqual([page.messages.length, page.text], [1, ''])
})

test('other words, and the same words once they have arrived, have a key of their own', async () => {
  answers = [new TypeError('network'), word('msg_1', 'Monday?'), word('msg_2', 'Monday?')]
  const page = thread()
  for (const text of ['Friday?', 'Monday?', 'Monday?']) await say(page, text)
  assert.equal(new Set(asked.map(({ key }) => key)).size, 3)
  assert.equal(page.messages.length, 2)
})
