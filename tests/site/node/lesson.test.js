// Plans, files and stars, without a page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAwaited, LARGEST, rows, sizeWords, wrongWith } from '../../../frontend/js/lesson/files.js'
import { asMarkdown, fetchSnapshots, keptSnapshots, textsOf } from '../../../frontend/js/lesson/notes.js'
import { doneIn, draftOf, faultIn, minutesIn, planOf, shifted, ticked } from '../../../frontend/js/lesson/plans.js'
import { isNone, reasonOf } from '../../../frontend/js/lesson/refusals.js'
import { answered, sentOf, starsFault, valuesOf } from '../../../frontend/js/lesson/stars.js'
import { pack } from '../../../frontend/js/room/together/snapshot.js'
import * as Y from '../../../frontend/vendor/yjs/yjs.js'

const PLAN = {
  agenda: [
    { text: 'Types', minutes: 10, done: true },
    { text: 'Names', minutes: null, done: false },
  ],
  goals: [{ text: 'Read a traceback', done: false }],
  version: 3,
}
const counter = () => {
  let last = 0
  return () => ++last
}

test('a plan in the form comes out as it went in', () => {
  const draft = draftOf(PLAN, counter())
  assert.deepEqual(planOf(draft, 3), PLAN)
  assert.equal(new Set([...draft.agenda, ...draft.goals].map(({ key }) => key)).size, 3)
})

test('an empty plan begins with an empty line of each, which is not sent', () => {
  const draft = draftOf({ agenda: [], goals: [], version: 0 }, counter())
  assert.deepEqual([draft.agenda.length, draft.goals.length], [1, 1])
  assert.deepEqual(planOf(draft, 0), { agenda: [], goals: [], version: 0 })
})

test('minutes are whole and in measure', () => {
  const of = (minutes) => faultIn({ agenda: [{ text: 'a', minutes, done: false }] })
  assert.deepEqual([of(null), of(1), of(240)], ['', '', ''])
  for (const minutes of [0, 241, 1.5, Number.NaN]) assert.equal(of(minutes), 'plan.minutes_fault')
  assert.deepEqual([minutesIn(PLAN), doneIn(PLAN.agenda)], [10, 1])
})

test('a tick goes to its row, and in a newer plan to the row of the same words', () => {
  const [, names] = PLAN.agenda
  assert.equal(ticked(PLAN, 'agenda', names, true).agenda[1].done, true)
  const newer = { ...PLAN, agenda: [{ text: 'First', minutes: null, done: false }, ...PLAN.agenda], version: 4 }
  const again = ticked(newer, 'agenda', names, true)
  assert.deepEqual([again.agenda.map(({ done }) => done), again.version], [[false, true, true], 4])
  assert.equal(ticked({ ...PLAN, agenda: [] }, 'agenda', names, true).agenda.length, 0)
})

test('a row moves by one and never out of the list', () => {
  assert.deepEqual(shifted(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b'])
  assert.deepEqual(shifted(['a', 'b'], 0, -1), ['a', 'b'])
  assert.deepEqual(shifted(['a', 'b'], 1, 1), ['a', 'b'])
})

test('what is wrong with a file is said before it is sent', () => {
  assert.equal(wrongWith({ name: 'Notes.PDF', size: 1 }), '')
  assert.equal(wrongWith({ name: 'run.exe', size: 1 }), 'files.wrong_kind')
  assert.equal(wrongWith({ name: 'pdf', size: 1 }), 'files.wrong_kind')
  assert.equal(wrongWith({ name: 'a.pdf', size: 0 }), 'files.empty_file')
  assert.equal(wrongWith({ name: 'a.pdf', size: LARGEST + 1 }), 'files.too_large')
  assert.equal(wrongWith({ name: 'a.pdf', size: 1 }, 50), 'files.too_many')
})

test('only what is not to be had is nothing: a lapsed session or a lost network is said', () => {
  assert.deepEqual(
    [403, 404, 409, 401, 429, 503, 0].map((status) => isNone({ status })),
    [true, true, true, false, false, false, false],
  )
  assert.equal(reasonOf({ fields: { name: 'of this field' }, message: 'in general' }), 'of this field')
  assert.equal(reasonOf({ message: 'in general' }), 'in general')
})

test('a size has a unit that suits it', () => {
  const units = [0, 1023, 1024, 999 * 1024, 1000 * 1024, 1500 * 1024 * 1024].map(sizeWords)
  assert.deepEqual(units, ['files.bytes', 'files.bytes', 'files.kb', 'files.kb', 'files.mb', 'files.gb'])
})

test('a sent file is shown once', () => {
  const items = [{ id: 'mat_1', state: 'ready' }]
  const sending = [
    { id: 'mat_1', key: 'a' },
    { id: '', key: 'b' },
    { id: 'mat_2', key: 'c' },
  ]
  assert.deepEqual(
    rows(items, sending).map((row) => row.key ?? row.id),
    ['mat_1', 'b', 'c'],
  )
  assert.deepEqual([isAwaited(items), isAwaited([{ state: 'waiting' }])], [false, true])
})

test('a review in the form comes out as it went in, and no answer is null', () => {
  const axes = { clarity: 5, knowledge: null, patience: null, preparation: 2, value: null }
  const values = valuesOf({ stars: 4, axes, text: 'Clear.' })
  assert.deepEqual(sentOf({ ...values, text: '  Clear. ' }), { stars: 4, axes, text: 'Clear.' })
  assert.deepEqual(
    answered(axes).map(({ axis, stars }) => [axis, stars]),
    [
      ['clarity', 5],
      ['preparation', 2],
    ],
  )
  assert.deepEqual([starsFault(0), starsFault('5'), starsFault(6)], ['rating.choose', '', 'rating.choose'])
})

function written(text, where = 'notes') {
  const doc = new Y.Doc()
  doc.getText(where).insert(0, text)
  return pack(Y.encodeStateAsUpdate(doc), 4096)
}

test('both sides’ notes become one text, and what cannot be read spoils nothing', () => {
  const texts = textsOf([written('Hello'), written('print(1)', 'code'), new Uint8Array([1, 2, 3]), null])
  assert.deepEqual(texts, { notes: 'Hello', code: 'print(1)' })
  assert.equal(asMarkdown(texts, 'Decorators'), '# Decorators\n\nHello\n\n```\nprint(1)\n```\n')
  assert.equal(asMarkdown({ notes: ' ', code: '' }, 'Decorators'), '# Decorators\n')
})

test('a side that has nothing is left out, and what cannot be fetched is said in words', async () => {
  const http = async (url) => new Response('x', { status: url === '/there' ? 200 : 404 })
  assert.equal((await fetchSnapshots(['/there', '/gone'], http)).length, 1)
  for (const broken of [async () => new Response('', { status: 503 }), () => Promise.reject(new TypeError('fetch'))])
    await assert.rejects(fetchSnapshots(['/there'], broken), /after.fetch_failed/)
})

test('what the server never got is taken from this browser', async () => {
  const doc = new Y.Doc()
  doc.getText('notes').insert(0, 'last words')
  const kept = { 'ses_1:learner': Y.encodeStateAsUpdate(doc) }
  const snapshots = await keptSnapshots('ses_1', (key) => ({ read: async () => kept[key] }))
  assert.equal(textsOf([written('first '), ...snapshots]).notes.length, 'first last words'.length)
})
