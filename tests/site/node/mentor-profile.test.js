import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domainChecks, skillChecks, wordChecks } from '../../../frontend/js/components/mentor-profile.js'

const words = (n) => Array.from({ length: n }, (_, each) => `w${each}`)
const text = (n) => 'a'.repeat(n)

// What each field takes, at both of its edges; the server holds the same.
const LIMITS = [
  [domainChecks.domains, words, 1, 3],
  [skillChecks.skills, words, 1, 15],
  [skillChecks.languages, words, 1, 10],
  [wordChecks.headline, text, 10, 100],
  [wordChecks.bio, text, 50, 2000],
]

test('what a mentor says is taken within its limits', () => {
  for (const [check, make, least, most] of LIMITS) {
    for (const good of [least, most]) assert.equal(check(make(good)), '')
    for (const wrong of [least - 1, most + 1]) assert.notEqual(check(make(wrong)), '')
  }
})

test('experience is whole years, none to sixty', () => {
  for (const good of ['0', 0, '9', '60']) assert.equal(skillChecks.experience_years(good), '')
  for (const wrong of ['', '61', '-1', '1.5', 'ten', null]) assert.notEqual(skillChecks.experience_years(wrong), '')
})
