import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from '../../../frontend/js/linked.js'
import * as chat from '../../../frontend/js/room/chat/log.js'
import { createOutbox } from '../../../frontend/js/room/chat/outbox.js'
import { ulid } from '../../../frontend/js/ulid.js'
import { fakeTimers, settle } from './fakes.js'

const from = (id, by, text = 'Hello') => ({ id, by, text, at: '2026-03-01T10:00:00Z' })

test('messages come in any order and more than once, and stand in order, each once', () => {
  const log = chat.merged(chat.merged(chat.empty, [from('3', 'mentor'), from('1', 'learner')]), [
    from('2', 'mentor'),
    from('3', 'mentor'),
  ])
  assert.deepEqual(
    log.messages.map(({ id }) => id),
    ['1', '2', '3'],
  )
})

test('a message of ours is sending until the server has it, and seen once the other has', () => {
  const begun = chat.begun(chat.empty, { id: '5', by: 'learner', text: 'Hi' })
  assert.equal(chat.delivery(begun, begun.messages[0]), 'sending')
  const taken = chat.changed(begun, '5', { state: 'sent' })
  assert.equal(chat.delivery(taken, taken.messages[0]), 'sent')
  const seen = chat.seenUntil(taken, '7')
  assert.equal(chat.delivery(seen, seen.messages[0]), 'seen')
  assert.equal(chat.seenUntil(seen, '6').seen, '7')
})

test('only what the other wrote after we last looked is unread', () => {
  const log = chat.merged(chat.empty, [from('1', 'mentor'), from('2', 'learner'), from('3', 'mentor')])
  assert.equal(chat.unread(log, 'learner'), 2)
  assert.equal(chat.unread(chat.heardUntil(log, '1'), 'learner'), 1)
  assert.equal(chat.newest(log, 'learner'), '3')
})

test('what was held up on its way comes where the other has not looked yet, and what is not sent stays last', () => {
  const early = { ...from('1', 'learner', 'held up'), at: '2026-03-01T10:05:00Z' }
  const late = { ...from('2', 'mentor', 'said meanwhile'), at: '2026-03-01T10:01:00.5Z' }
  const log = chat.begun(chat.merged(chat.merged(chat.empty, [late]), [early]), { id: '0', by: 'mentor', text: 'mine' })
  assert.deepEqual(
    log.messages.map(({ id }) => id),
    ['2', '1', '0'],
  )
  const taken = chat.changed(log, '0', { state: 'sent', at: '2026-03-01T10:02:00Z' })
  assert.deepEqual(
    taken.messages.map(({ id }) => id),
    ['2', '0', '1'],
  )
  assert.equal(
    chat.newest(chat.merged(taken, [{ ...from('0', 'learner'), at: '2026-03-01T11:00:00Z' }]), 'mentor'),
    '1',
  )
})

function outbox(answers, kept = null) {
  const asked = []
  const told = []
  const timers = fakeTimers()
  const memory = { kept, read: () => memory.kept, keep: (all) => (memory.kept = all) }
  const made = createOutbox({
    ask: async ({ id }) => {
      asked.push(id)
      const answer = answers.shift()
      if (typeof answer === 'string') throw Object.assign(new Error(`words of ${answer}`), { code: answer })
      return answer
    },
    news: { taken: (id, at) => told.push(['taken', id, at]), failed: (id, words) => told.push(['failed', id, words]) },
    memory,
    timers,
  })
  return { made, asked, told, timers, memory }
}

test('what is written while the line is gone is kept in order and sent when it is back', async () => {
  const { made, asked, told, memory } = outbox(['no_line', 'no_line', { at: 'a' }, { at: 'b' }])
  made.add({ id: '1', text: 'one' })
  await settle()
  made.add({ id: '2', text: 'two' })
  await settle()
  assert.deepEqual(
    memory.kept.map(({ id }) => id),
    ['1', '2'],
  )
  made.retry()
  await settle()
  assert.deepEqual(asked, ['1', '1', '1', '2'])
  assert.deepEqual(told, [
    ['taken', '1', 'a'],
    ['taken', '2', 'b'],
  ])
  assert.deepEqual(memory.kept, [])
})

test('who has to wait at the door keeps what is to be said inside', async () => {
  const { made, told } = outbox(['not_admitted', { at: 'a' }])
  made.add({ id: '1', text: 'hello' })
  await settle()
  assert.deepEqual(told, [])
  made.retry()
  await settle()
  assert.deepEqual(told, [['taken', '1', 'a']])
})

test('what waited before a reload is sent after it, with its own id', async () => {
  const { made, told } = outbox([{ at: 'a' }], [{ id: '9', text: 'before' }])
  made.retry()
  await settle()
  assert.deepEqual(told, [['taken', '9', 'a']])
})

test('a message that nobody answered is sent again by itself, for the line may be well', async () => {
  const { made, told, timers, asked } = outbox(['no_answer', { at: 'a' }])
  made.add({ id: '1', text: 'hello' })
  await timers.pass(3500)
  assert.deepEqual(asked, ['1', '1'])
  assert.deepEqual(told, [['taken', '1', 'a']])
})

test('what a browser kept and nobody can read does not stop the chat', async () => {
  const { made, told } = outbox([{ at: 'a' }], { odd: true })
  made.add({ id: '1', text: 'hello' })
  await settle()
  assert.deepEqual(told, [['taken', '1', 'a']])
})

test('too fast is tried again by itself, a refusal is told with its words and holds nobody up', async () => {
  const { made, told, timers } = outbox(['too_fast', 'too_long', { at: 'b' }])
  made.add({ id: '1', text: 'long' })
  made.add({ id: '2', text: 'short' })
  await settle()
  assert.deepEqual(told, [])
  await timers.pass(3000)
  assert.deepEqual(told, [
    ['failed', '1', 'words of too_long'],
    ['taken', '2', 'b'],
  ])
})

test('addresses are found in a text, and nothing else becomes a link', () => {
  const hrefs = (text) => linked(text).filter(({ href }) => href)
  assert.deepEqual(linked('See https://example.com/a?b=1.'), [
    { text: 'See ', href: '' },
    { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { text: '.', href: '' },
  ])
  assert.equal(
    hrefs('(https://en.wikipedia.org/wiki/Set_(maths))')[0].text,
    'https://en.wikipedia.org/wiki/Set_(maths)',
  )
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    'ftp://example.com',
    'https://bank.test@evil.test/',
    '<a href="x">y</a>',
  ])
    assert.deepEqual(hrefs(text), [], text)
  for (const text of ['', 'plain', 'one http://a.test two https://b.test/ three'])
    assert.equal(
      linked(text)
        .map((part) => part.text)
        .join(''),
      text,
    )
})

test('ids sort by time and differ within a moment', () => {
  const zeros = (bytes) => bytes
  assert.equal(ulid(0, zeros), '0'.repeat(26))
  assert.ok(ulid(1_772_000_000_000) < ulid(1_772_000_000_001))
  assert.notEqual(ulid(5), ulid(5))
  assert.match(ulid(Date.now()), /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
})
