import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDoor } from '../../../frontend/js/room/door.js'

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
