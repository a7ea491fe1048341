import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWarnings, extensionWord, isAbsence, minutesOf } from '../../../frontend/js/room/timing.js'

const MINUTE = 60_000
const START = Date.parse('2026-03-02T14:00:00Z')
const END = START + 60 * MINUTE
const iso = (moment) => new Date(moment).toISOString()

const entry = (changes = {}) => ({
  role: 'learner',
  session: { starts_at: iso(START), status: 'live' },
  ends_at: iso(END),
  extended: 0,
  extension_asked_by: null,
  ...changes,
})

test('each warning comes once, at ten, five and one minutes and when the time is up', () => {
  const warn = createWarnings()
  const heard = []
  for (let now = END - 12 * MINUTE; now < END + 12 * MINUTE; now += 500) {
    const warning = warn(entry(), now)
    if (warning) heard.push([(END - now) / MINUTE, warning])
  }
  assert.deepEqual(heard, [
    [10, { word: 'left', minutes: 10 }],
    [5, { word: 'left', minutes: 5 }],
    [1, { word: 'left', minutes: 1 }],
    [0, { word: 'over' }],
  ])
})

test('one who comes late hears what is left, not what was', () => {
  const warn = createWarnings()
  assert.deepEqual(warn(entry(), END - 3.2 * MINUTE), { word: 'left', minutes: 4 })
  assert.equal(warn(entry(), END - 3 * MINUTE), null)
})

test('a clock that sleeps through a warning gives the next one only', () => {
  const warn = createWarnings()
  assert.equal(warn(entry(), END - 20 * MINUTE), null)
  assert.deepEqual(warn(entry(), END + MINUTE), { word: 'over' })
  assert.equal(warn(entry(), END + 2 * MINUTE), null)
})

test('an extension takes the warnings back, and they come again before the new end', () => {
  const warn = createWarnings()
  warn(entry(), END - 4 * MINUTE)
  const later = entry({ ends_at: iso(END + 15 * MINUTE) })
  assert.equal(warn(later, END - 4 * MINUTE), null)
  assert.deepEqual(warn(later, END + 5 * MINUTE), { word: 'left', minutes: 10 })
})

test('after the room has closed nothing more is said', () => {
  assert.equal(createWarnings()(entry(), END + 10 * MINUTE), null)
})

const word = (changes, now, here = true) => extensionWord({ entry: entry(changes), peer: { here } }, now)

test('more time can be asked for in the last quarter of an hour, and in the overtime', () => {
  assert.equal(word({}, END - 16 * MINUTE), '')
  assert.equal(word({}, END - 15 * MINUTE), 'may')
  assert.equal(word({}, END + 9 * MINUTE), 'may')
  assert.equal(word({}, END + 10 * MINUTE), '')
})

test('nobody to agree, or not under way: nothing to ask', () => {
  assert.equal(word({}, END - 5 * MINUTE, false), '')
  assert.equal(word({ session: { starts_at: iso(START), status: 'booked' } }, END - 5 * MINUTE), '')
  const short = { ends_at: iso(START + 10 * MINUTE) }
  assert.equal(word(short, START - MINUTE), '')
})

test('who has asked waits, who is asked answers, whenever that was', () => {
  assert.equal(word({ extension_asked_by: 'learner' }, END - 30 * MINUTE), 'asked')
  assert.equal(word({ extension_asked_by: 'mentor' }, END - 30 * MINUTE), 'wanted')
  assert.equal(word({ extension_asked_by: 'mentor' }, END - 30 * MINUTE, false), 'wanted')
})

test('twice extended is as often as it can be', () => {
  assert.equal(word({ extended: 1 }, END - 5 * MINUTE), 'may')
  assert.equal(word({ extended: 2 }, END - 5 * MINUTE), 'spent')
})

test('ten minutes after the start is an absence, one moment before is not', () => {
  assert.equal(isAbsence(entry(), START + 10 * MINUTE - 1), false)
  assert.equal(isAbsence(entry(), START + 10 * MINUTE), true)
})

test('a length is the minutes between start and end', () => {
  assert.equal(minutesOf(iso(START), iso(END + 15 * MINUTE)), 75)
})
