import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems } from '../../../frontend/js/checks.js'
import { asDraft, CHECKS, durationOptions, onTop, paise, sent, typed } from '../../../frontend/js/pitch/pitch.js'

const whole = {
  title: ' Sorting, from the ground up ',
  description: 'We write three sorts and measure them.',
  topics: ['Python'],
  domain: 'programming',
  duration_minutes: '45',
  price: '',
}
const wrong = (changes, checks = CHECKS) => Object.keys(problems(checks, { ...whole, ...changes }))

test('a price is typed in rupees, and nothing typed is free', () => {
  assert.equal(paise(''), 0)
  assert.equal(paise('0'), 0)
  assert.equal(paise(' ₹1,500 '), 150_000)
  assert.equal(paise('49.99'), 4999)
  assert.equal(paise('19.9'), 1990)
  for (const odd of ['free', '-5', '1.999', '12345678']) assert.equal(paise(odd), null)
})

test('it costs nothing, or fifty to fifty thousand rupees', () => {
  for (const fine of ['', '0', '50', '50000']) assert.deepEqual(wrong({ price: fine }), [])
  for (const odd of ['49.99', '50000.01', 'cheap']) assert.deepEqual(wrong({ price: odd }), ['price'])
})

test('everything else is asked for, within its limits', () => {
  assert.deepEqual(wrong({}), [])
  assert.deepEqual(wrong({ title: 'Short', description: ' ', topics: [], domain: '' }), [
    'title',
    'description',
    'domain',
    'topics',
  ])
  assert.deepEqual(wrong({ description: 'word '.repeat(200) }), [])
  assert.deepEqual(wrong({ description: 'word '.repeat(201) }), ['description'])
})

test('a draft may leave open all but its title', () => {
  assert.deepEqual(wrong({ description: '', topics: [], domain: '' }, asDraft(CHECKS)), [])
  assert.deepEqual(wrong({ title: '' }, asDraft(CHECKS)), ['title'])
  assert.deepEqual(wrong({ price: '3', topics: ['a', 'b', 'c', 'd', 'e', 'f'] }, asDraft(CHECKS)), ['topics', 'price'])
})

test('it is sent in paise and minutes, and comes back as it was typed', () => {
  const body = sent({ ...whole, price: '750.5' })
  assert.deepEqual(body, {
    title: 'Sorting, from the ground up',
    description: whole.description,
    topics: ['Python'],
    domain: 'programming',
    duration_minutes: 45,
    price_paise: 75_050,
  })
  assert.deepEqual(typed(body), { ...whole, title: body.title, price: '750.5' })
  assert.equal(typed(sent(whole)).price, '')
})

test('it lasts half an hour to three hours in quarters', () => {
  const values = durationOptions().map(({ value }) => Number(value))
  assert.deepEqual([values[0], values[1], values.at(-1), values.length], [30, 45, 180, 11])
})

test('what was changed elsewhere comes in under what was changed here', () => {
  const old = sent(whole)
  const fresh = { ...old, description: 'Two sorts.', title: 'Sorting, once more' }
  const mine = { ...typed(old), title: 'Sorting, the short way' }
  assert.deepEqual(onTop(mine, old, fresh), { ...mine, description: 'Two sorts.' })
})
