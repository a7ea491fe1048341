import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf, systemOf } from '../../../frontend/js/room/browsers.js'
import { deviceHelp } from '../../../frontend/js/room/words.js'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const AGENTS = {
  chrome: `${MAC} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36`,
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  safari: `${MAC} ${WEBKIT} Version/26.0 Safari/605.1.15`,
  ios: `Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) ${WEBKIT} CriOS/141.0 Mobile/15E148 Safari/604.1`,
  android: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36',
  other: 'Something else',
}

test('each browser is known by what it says of itself', () => {
  for (const [word, agent] of Object.entries(AGENTS)) assert.equal(browserOf(agent), word)
})

test('an iPad says that it is a Mac, but can be touched', () => {
  assert.equal(browserOf(AGENTS.safari, 5), 'ios')
})

test('the machine is known where it may forbid the browser a device', () => {
  assert.deepEqual(
    [systemOf(AGENTS.safari), systemOf(AGENTS.edge), systemOf(AGENTS.firefox)],
    ['mac', 'windows', 'other'],
  )
})

test('a refusal comes with the steps of this browser, or of this machine', () => {
  assert.match(deviceHelp('camera', 'denied', { browser: 'firefox' }), /camera-denied .*allow\.firefox/)
  assert.match(deviceHelp('mic', 'system', { system: 'mac' }), /mic-system .*system\.mac/)
  assert.equal(deviceHelp('mic', 'unused'), '')
})
