import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinLabel } from '../../../frontend/js/room/words.js'

test('Join says what one joins with only once both devices have answered', () => {
  assert.equal(joinLabel({ mic: 'off', camera: 'off' }, false), 'room.join.asking')
  assert.equal(joinLabel({ mic: 'on', camera: 'opening' }, false), 'room.join.asking')
  assert.equal(joinLabel({ mic: 'opening', camera: 'denied' }, false), 'room.join.asking')
  assert.equal(joinLabel({ mic: 'on', camera: 'denied' }, false), 'room.join.sound_only')
  assert.equal(joinLabel({ mic: 'on', camera: 'off' }, true), 'room.join.sound_only')
  assert.equal(joinLabel({ mic: 'none', camera: 'on' }, false), 'room.join.picture_only')
  assert.equal(joinLabel({ mic: 'denied', camera: 'denied' }, false), 'room.join.nothing')
  assert.equal(joinLabel({ mic: 'on', camera: 'on' }, true), 'room.join.go_live')
  assert.equal(joinLabel({ mic: 'on', camera: 'on' }, false), 'room.join.now')
})
