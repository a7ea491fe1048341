import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcome, statusWords } from '../../../frontend/js/booking/outcomes.js'

const title = (status, viewer, phase, session = {}) => outcome({ status, viewer, session }, phase, 'Ana')?.title

test('who called it off is said from where one stands', () => {
  assert.equal(title('cancelled_by_learner', 'learner', 'cancelled'), 'outcome.by_you')
  assert.equal(title('cancelled_by_learner', 'mentor', 'cancelled'), 'outcome.by_other')
  assert.equal(title('cancelled_by_mentor', 'mentor', 'cancelled'), 'outcome.by_you')
  assert.equal(title('cancelled_by_platform', 'learner', 'cancelled'), 'outcome.by_platform')
})

test('a missed session tells who was absent', () => {
  const missed = (viewer, status) => title('no_show', viewer, 'past', { status })
  assert.equal(missed('learner', 'no_show_learner'), 'outcome.missed')
  assert.equal(missed('learner', 'no_show_mentor'), 'outcome.alone_learner')
  assert.equal(missed('mentor', 'no_show_learner'), 'outcome.alone_mentor')
  assert.equal(missed('mentor', 'no_show_mentor'), 'outcome.missed')
  assert.equal(missed('mentor', 'no_show_both'), 'outcome.nobody')
  assert.equal(title('completed', 'learner', 'past', { status: 'completed' }), 'outcome.completed')
})

test('a lapsed hold reads differently to the one who held it', () => {
  assert.equal(title('held', 'learner', 'lapsed'), 'outcome.lapsed')
  assert.equal(title('expired', 'mentor', 'lapsed'), 'outcome.lapsed_mentor')
})

test('what is still to come has no outcome', () => {
  for (const phase of ['held', 'ahead', 'open'])
    assert.equal(outcome({ status: 'confirmed', session: {} }, phase, ''), null)
})

test('a status is named for the one who looks', () => {
  assert.equal(statusWords('cancelled_by_learner', 'learner'), 'booking.cancelled_by_learner')
  assert.equal(statusWords('cancelled_by_learner', 'mentor'), 'hosting.cancelled_by_learner')
})
