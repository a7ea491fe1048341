import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHabits } from '../../../frontend/js/room/habits.js'
import { shortcuts } from '../../../frontend/js/room/keys.js'
import { byKind, wishesFrom, wishesOf } from '../../../frontend/js/room/wishes.js'

function fakeStorage(items = {}) {
  return {
    items,
    getItem: (key) => items[key] ?? null,
    setItem: (key, value) => (items[key] = value),
    removeItem: (key) => delete items[key],
  }
}

test('a choice is kept beside the others', () => {
  const habits = createHabits({ storage: () => storage, key: 'k' })
  const storage = fakeStorage()
  habits.change({ layout: 'side' })
  habits.change({ keys: false })
  assert.deepEqual(habits.read(), { layout: 'side', keys: false })
  habits.forget()
  assert.equal(habits.read(), null)
})

test('storage that is closed, or holds what is not ours, is no fault', () => {
  const closed = () => {
    throw new Error('SecurityError')
  }
  const habits = createHabits({ storage: closed, key: 'k' })
  habits.keep({ a: 1 })
  habits.change({ a: 1 })
  assert.equal(habits.read(), null)
  for (const text of ['{', '7', '"x"'])
    assert.equal(createHabits({ storage: () => fakeStorage({ k: text }), key: 'k' }).read(), null)
})

test('wishes come back as they were kept, and anything else is as on a first visit', () => {
  const first = wishesFrom(null)
  assert.deepEqual(first.wanted, { mic: true, camera: true, listen: false })
  assert.deepEqual(wishesFrom({ mic: 'no', micId: 7, cleaning: { noise: 0 }, camera: false }).wanted.camera, false)
  const chosen = wishesFrom({ listen: true, speakerId: 'loud', cleaning: { noise: false } })
  assert.deepEqual(wishesFrom(wishesOf(chosen)), chosen)
  assert.equal(chosen.cleaning.noise, false)
})

test('devices without an id are ones a browser does not tell of yet', () => {
  const all = [
    { kind: 'audioinput', deviceId: 'a', label: 'A' },
    { kind: 'audiooutput', deviceId: '', label: '' },
  ]
  assert.deepEqual(byKind(all), { mic: [{ id: 'a', label: 'A' }], camera: [], speaker: [] })
})

test('letters are shortcuts unless they are typed, held with another key, or switched off', () => {
  let on = true
  let handler
  const pressed = []
  const target = { addEventListener: (_, added) => (handler = added), removeEventListener() {} }
  shortcuts(target, { m: () => pressed.push('m') }, () => on)
  const key = (more) => handler({ key: 'M', target: { closest: () => null }, preventDefault() {}, ...more })
  key()
  key({ ctrlKey: true })
  key({ target: { closest: () => ({}) } })
  const within = (place) => ({ closest: (list) => (list.split(', ').includes(place) ? {} : null) })
  for (const place of ['textarea', 'dialog[open]', '[data-panel]']) key({ target: within(place) })
  on = false
  key()
  assert.deepEqual(pressed, ['m'])
})
