import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from '../../../frontend/js/room/safety/code.js'

const MINE = 'sha-256 AA:01:02:03'
const THEIRS = 'sha-256 BB:0A:0B:0C'
const OTHER = 'sha-256 CC:0A:0B:0C'

test('both sides make the same code of the same two certificates', async () => {
  const [here, there] = [await codeOf({ own: MINE, theirs: THEIRS }), await codeOf({ own: THEIRS, theirs: MINE })]
  assert.deepEqual(here, there)
  assert.equal(here.length, 6)
  for (const group of here) assert.match(group, /^\d{5}$/)
})

test('another certificate at either end makes another code', async () => {
  const code = (own, theirs) => codeOf({ own, theirs }).then((groups) => groups.join(' '))
  const all = [await code(MINE, THEIRS), await code(MINE, OTHER), await code(OTHER, THEIRS)]
  assert.equal(new Set(all).size, 3)
})

test('how a browser writes its letters makes no difference', async () => {
  assert.deepEqual(
    await codeOf({ own: MINE, theirs: THEIRS }),
    await codeOf({ own: ' SHA-256 aa:01:02:03\r', theirs: THEIRS.toLowerCase() }),
  )
})

test('the code is what it has always been', async () => {
  assert.equal((await codeOf({ own: MINE, theirs: THEIRS })).join(' '), '85855 36129 89245 87933 77896 43896')
})
