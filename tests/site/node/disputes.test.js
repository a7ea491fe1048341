import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disputeWords, textFault } from '../../../frontend/js/booking/disputes.js'

const NOW = Date.parse('2026-11-24T10:00:00Z')
const open = { status: 'open', answer_by: '2026-11-25T10:00:00Z', decide_by: '2026-11-30T10:00:00Z', decision: null }
const words = (dispute, viewer, now = NOW) => disputeWords(dispute, { viewer, name: 'Meera', zone: 'UTC', now })
const decided = (percent) => ({ ...open, status: 'decided', decision: { percent, paise: percent * 500, words: 'So.' } })

test('while the mentor may answer, both read until when', () => {
  assert.deepEqual(words(open, 'learner'), { title: 'dispute.yours', text: 'dispute.answer_by' })
  assert.deepEqual(words(open, 'mentor'), { title: 'dispute.theirs', text: 'dispute.answer_by_mentor' })
})

test('once answered, or once the time for it is over, it is for the team to decide', () => {
  assert.equal(words({ ...open, status: 'answered' }, 'learner').text, 'dispute.decide_by')
  assert.equal(words(open, 'mentor', Date.parse(open.answer_by)).text, 'dispute.decide_by')
})

test('a decision says to each what it means for them', () => {
  assert.equal(words(decided(50), 'learner').text, 'dispute.back.learner')
  assert.equal(words(decided(50), 'mentor').text, 'dispute.back.mentor')
  assert.equal(words(decided(0), 'learner').text, 'dispute.kept.learner')
  assert.equal(words(decided(0), 'mentor').text, 'dispute.kept.mentor')
})

test('a word or two is too little to decide on, and spaces do not count', () => {
  assert.equal(textFault(`${' '.repeat(30)}bad`), 'dispute.too_short')
  assert.equal(textFault('He came half an hour late.'), '')
  assert.equal(textFault('x'.repeat(2001)), 'check.at_most')
})

test('what we look into ourselves is nobody’s complaint', () => {
  assert.equal(words({ ...open, kind: 'left_early' }, 'mentor').title, 'dispute.ours')
})
