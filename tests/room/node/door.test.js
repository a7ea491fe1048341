import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDoor } from '../../../frontend/js/room/door.js'
import { fakeTimers } from './fakes.js'

function door(answers) {
  const calls = []
  const api = {
    post: async (path, body) => {
      calls.push([path, body])
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  return { calls, door: createDoor({ api, id: 'ses_1', news: () => {} }) }
}

test('a yes that is said again after a lost answer names the same end, so that it asks for nothing more', async () => {
  const made = door([new Error('timeout'), { state: 'extended', ends_at: '2026-03-02T15:15:00Z' }])
  await assert.rejects(made.door.extend('2026-03-02T15:00:00Z'))
  await made.door.extend('2026-03-02T15:00:00Z')
  const said = ['/rooms/ses_1/extension', { ends_at: '2026-03-02T15:00:00Z' }]
  assert.deepEqual(made.calls, [said, said])
})

test('who waits for the door to open is let in though the network was away at that moment', async () => {
  const timers = fakeTimers()
  const early = { code: 'too_early', status: 409, fields: { opens_at: new Date(60_000).toISOString() } }
  const answers = [early, { status: 0 }, { status: 503 }, null]
  const heard = []
  const api = {
    async post() {
      const refusal = answers.shift()
      if (refusal) throw refusal
      return { server_time: new Date(timers.now()).toISOString() }
    },
  }
  const door = createDoor({ api, id: 'ses_1', news: ({ type }) => heard.push(type), clock: timers, timers })
  await door.knock()
  await timers.pass(61_000)
  assert.deepEqual(heard, ['early'])
  await timers.pass(11_000)
  assert.deepEqual(heard, ['early', 'opened'])
  assert.equal(timers.pending, 0)
})
