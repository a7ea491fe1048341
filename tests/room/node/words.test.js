import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endQuestion, extensionSaid, joinLabel, progress, waiting } from '../../../frontend/js/room/words.js'

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

const MINUTE = 60_000
const START = Date.parse('2026-03-02T14:00:00Z')
const END = START + 60 * MINUTE
const iso = (moment) => new Date(moment).toISOString()
const at = (moment) => iso(moment)

const entry = (changes = {}) => ({
  role: 'learner',
  session: { starts_at: iso(START), status: 'booked', price_paise: 0 },
  ends_at: iso(END),
  call_from: iso(START - 5 * MINUTE),
  server_time: iso(START - 2 * MINUTE),
  peer: { name: 'Asha', came_at: null },
  you: { name: 'Vikram', came_at: iso(START - 2 * MINUTE) },
  ...changes,
})
const alone = (changes = {}, more = {}) => ({ entry: entry(changes), peer: { gone: '' }, met: false, ...more })

test('the timer counts to the start, to the end, and then what it is over by', () => {
  const left = (now) => progress(entry(), now, at).left
  assert.equal(left(START - MINUTE), 'room.timer.starts_in')
  assert.equal(left(END - 1), 'room.timer.left')
  assert.equal(left(END), 'room.timer.over_by')
  assert.deepEqual(
    [END - 1, END].map((now) => progress(entry(), now, at).until),
    ['room.timer.ends', 'room.timer.closes'],
  )
})

test('one who waits alone reads from the start on what happens if nobody comes', () => {
  assert.equal(waiting(alone(), START - 1, at).rule, '')
  assert.equal(waiting(alone(), START, at).rule, 'room.rule.learner')
  assert.equal(waiting(alone({ role: 'mentor' }), START, at).rule, 'room.rule.mentor')
  const priced = { session: { ...entry().session, price_paise: 50_000 } }
  assert.equal(waiting(alone(priced), START, at).rule, 'room.rule.learner room.absent.money_back')
})

test('ten minutes after the start one who was there in time can go, one who was not is told how it stands', () => {
  const late = { you: { name: 'Vikram', came_at: iso(START + 12 * MINUTE) } }
  assert.equal(waiting(alone(), START + 10 * MINUTE, at).text, 'room.absent.learner')
  assert.equal(waiting(alone({ role: 'mentor' }), START + 10 * MINUTE, at).text, 'room.absent.mentor')
  assert.equal(waiting(alone(late), START + 13 * MINUTE, at).text, 'room.absent.late')
})

test('one who was here and left is not one who did not come', () => {
  const now = START + 20 * MINUTE
  assert.equal(waiting(alone({}, { met: true }), now, at).heading, 'room.waiting.was_here')
  assert.equal(waiting(alone({}, { met: true, peer: { gone: 'left' } }), now, at).heading, 'room.waiting.left')
})

test('one who waits to be let in has not left', () => {
  const now = START - 5 * MINUTE
  const knocks = alone({ role: 'mentor' }, { met: true, knocking: true })
  assert.equal(waiting(knocks, now, at).heading, 'room.lobby.knocks')
  assert.equal(waiting(alone({}, { met: true, isOut: true }), now, at).heading, 'room.waiting.out')
})

test('the mentor can end it once the learner has been there, or should have been', () => {
  const question = (now, met) => endQuestion({ entry: entry({ role: 'mentor' }), met }, now, at)
  assert.deepEqual(question(START + 5 * MINUTE, true), { text: 'room.end.ask_text', may: true })
  assert.deepEqual(question(START + 5 * MINUTE, false), { text: 'room.end.ask_awaited', may: false })
  assert.deepEqual(question(START + 10 * MINUTE, false), { text: 'room.end.ask_absent', may: true })
})

test('what became of the wish for more time names the end that holds', () => {
  assert.equal(extensionSaid('agreed', entry(), END - 1, at), 'room.extend.agreed')
  assert.equal(extensionSaid('declined', entry(), END - 1, at), 'room.extend.declined')
  assert.equal(extensionSaid('declined', entry(), END, at), 'room.extend.declined_over')
})
