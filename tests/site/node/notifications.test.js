import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNotifications, NEWEST } from '../../../frontend/js/notifications/following.js'
import {
  byDay,
  isAbout,
  lacksUnread,
  latestFirst,
  newestOf,
  readUntil,
  refreshed,
  withRead,
} from '../../../frontend/js/notifications/listing.js'
import { createTold } from '../../../frontend/js/notifications/told.js'
import { differs, editable, faultsOf, rebased, refused, sent } from '../../../frontend/js/notifications/wishes.js'

const note = (number, read = false, at = '2026-03-02T12:00:00Z') => ({ id: `out_${number}`, read, at })
const ids = (items) => items.map(({ id }) => id)
const settle = () => new Promise((resolve) => setTimeout(resolve))

test('one is read, or all up to one: what has come since stays unread', () => {
  const items = [note(3), note(2), note(1)]
  assert.deepEqual(
    withRead(items, 'out_2').map(({ read }) => read),
    [false, true, false],
  )
  assert.deepEqual(
    readUntil(items, 'out_2').map(({ read }) => read),
    [false, true, true],
  )
  assert.equal(newestOf(items), 'out_3')
  assert.equal(newestOf([]), '')
})

test('days are those of the reader’s zone, and the last two have names', () => {
  const items = [
    note(4, false, '2026-03-02T19:00:00Z'),
    note(3),
    note(2, false, '2026-03-01T01:00:00Z'),
    note(1, false, '2026-02-20T01:00:00Z'),
  ]
  const days = byDay(items, 'Asia/Kolkata', Date.parse('2026-03-02T20:00:00Z'))
  assert.deepEqual(
    days.map(({ date, word, items: each }) => [date, word, each.length]),
    [
      ['2026-03-03', 'today', 1],
      ['2026-03-02', 'yesterday', 1],
      ['2026-03-01', '', 1],
      ['2026-02-20', '', 1],
    ],
  )
})

test('each day stands once, the latest first, in whatever order what came is listed', () => {
  const items = [
    note(4, false, '2026-03-02T12:00:00Z'),
    note(3, false, '2026-02-20T01:00:00Z'),
    note(2, false, '2026-03-02T12:00:00.500Z'),
    note(1, false, '2026-03-02T12:00:00Z'),
  ]
  const days = byDay(latestFirst(items), 'Asia/Kolkata', Date.parse('2026-03-02T13:00:00Z'))
  assert.deepEqual(
    days.map(({ date, items: each }) => [date, ids(each)]),
    [
      ['2026-03-02', ['out_2', 'out_4', 'out_1']],
      ['2026-02-20', ['out_3']],
    ],
  )
  assert.deepEqual(ids(items), ['out_4', 'out_3', 'out_2', 'out_1'])
})

test('unread ones are looked for until there are enough to show, or all', () => {
  assert.equal(lacksUnread([note(3, true)], 2, 20), true)
  assert.equal(lacksUnread([note(3), note(2)], 2, 20), false)
  assert.equal(lacksUnread([note(3), note(2)], 30, 2), false)
  assert.equal(lacksUnread([note(3, true)], 0, 20), false)
})

test('what is fetched anew keeps what was listed behind it, with its way on', () => {
  const list = { items: [note(3), note(2), note(1)], next: 'behind' }
  const fresh = refreshed(list, { items: [note(4), note(3, true)], next: 'after 3', unread: 3 })
  assert.deepEqual(ids(fresh.items), ['out_4', 'out_3', 'out_2', 'out_1'])
  assert.equal(fresh.next, 'behind')
  assert.equal(fresh.items[1].read, true)
  const all = refreshed(list, { items: [note(4, true)], next: 'after 4', unread: 0 })
  assert.ok(all.items.every(({ read }) => read))
  assert.equal(refreshed({ items: [], next: null }, { items: [note(4)], next: 'after 4', unread: 1 }).next, 'after 4')
})

test('a page that is about the same thing shows by itself what has happened', () => {
  assert.equal(isAbout('/bookings/bkg_1', '/checkout/bkg_1'), true)
  assert.equal(isAbout('/settings#security', '/settings'), true)
  assert.equal(isAbout('/bookings/bkg_1', '/bookings/bkg_2'), false)
  assert.equal(isAbout('/mentor/earnings', '/mentor'), false)
  assert.equal(isAbout('/bookings/bkg_1', '/notifications'), true)
  assert.equal(isAbout('/bookings/bkg_1', '/settings/notifications'), false)
})

test('each is shown once in a browser, also where storage is closed', () => {
  const kept = new Map()
  const storage = () => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) })
  const [one, other] = [createTold(storage), createTold(storage)]
  assert.deepEqual([one('out_1'), one('out_1'), other('out_1'), other('out_2')], [true, false, false, true])
  const alone = createTold(() => {
    throw new Error('closed')
  })
  assert.deepEqual([alone('out_1'), alone('out_1')], [true, false])
})

function scene({ unread = 2, items = [note(2), note(1)] } = {}) {
  const server = { unread, items, asked: [], gate: null, broken: false }
  const answer = async (path) => {
    server.asked.push(path)
    const said = path === '/notifications' ? { items: server.items, unread: server.unread } : { unread: server.unread }
    await server.gate
    return said
  }
  const post = async (path) => {
    server.asked.push(path)
    if (server.broken) throw new Error('offline')
    server.unread = path === '/notifications/read' ? 0 : server.unread - 1
  }
  const handlers = {}
  const live = { state: 'open', on: (type, handle) => (handlers[type] = handle), connect() {} }
  const shown = []
  let late = null
  const timers = { setTimeout: (work) => (late = work), clearTimeout: () => (late = null) }
  const mine = createNotifications({ api: { get: answer, post }, live, lookAgain() {}, timers })
  mine.watch((known) => shown.push(known))
  return { mine, server, handlers, shown, last: () => shown.at(-1), late: () => late?.() }
}

test('the number is asked for once a page, when the line is there or is too late', async () => {
  const { server, handlers, last, late } = scene()
  assert.deepEqual(server.asked, [])
  await handlers.welcome()
  await late()
  assert.deepEqual(server.asked, ['/notifications/unread'])
  assert.equal(last().count, 2)
  const slow = scene()
  await slow.late()
  assert.equal(slow.last().count, 2)
})

test('the newest are fetched when they are to be seen, and follow from then on', async () => {
  const { mine, server, handlers, last } = scene()
  const opening = mine.open()
  assert.equal(last().stage, 'loading')
  await opening
  assert.deepEqual([last().stage, ids(last().items)], ['ready', ['out_2', 'out_1']])
  server.items = [note(3), ...server.items]
  handlers.changed({ data: { what: 'bookings' } })
  handlers.changed({ data: { what: 'notifications' } })
  await settle()
  assert.deepEqual(ids(last().items), ['out_3', 'out_2', 'out_1'])
  assert.equal(server.asked.length, 2)
  assert.ok(NEWEST > 3)
})

test('what changes while an answer is on its way is asked for again', async () => {
  const { server, handlers, last } = scene()
  let open
  server.gate = new Promise((resolve) => (open = resolve))
  handlers.welcome()
  server.unread = 5
  handlers.changed({ data: { what: 'notifications' } })
  handlers.changed({ data: { what: 'notifications' } })
  open()
  await settle()
  assert.equal(last().count, 5)
  assert.equal(server.asked.length, 2)
})

test('what is read is read at once, and an answer that did not know of it is not believed', async () => {
  const { mine, server, handlers, last } = scene()
  await mine.open()
  let open
  server.gate = new Promise((resolve) => (open = resolve))
  handlers.changed({ data: { what: 'notifications' } })
  const reading = mine.read(last().items[0])
  assert.deepEqual([last().count, last().items[0].read], [1, true])
  open()
  await reading
  await settle()
  assert.equal(last().count, 1)
  await mine.read({ id: 'out_1', read: true })
  assert.equal(last().count, 1)
})

test('a reading that fails is taken back, and said', async () => {
  const { mine, server, last } = scene()
  await mine.open()
  server.broken = true
  await assert.rejects(mine.read(last().items[0]))
  await settle()
  assert.deepEqual([last().count, last().items[0].read], [2, false])
})

test('all are read up to the newest that was shown, and the page hears of it', async () => {
  const { mine, server, last } = scene()
  await mine.open()
  const heard = []
  mine.onRead((change) => heard.push(change([note(9), note(2)]).map(({ read }) => read)))
  await mine.readAll()
  assert.deepEqual([last().count, heard], [0, [[false, true]]])
  assert.ok(server.asked.includes('/notifications/read'))
})

const VIEW = {
  groups: {
    bookings: { mail: 'on', push: 'on', mail_choices: ['on', 'off'] },
    messages: { mail: 'daily', push: 'off', mail_choices: ['on', 'daily', 'off'] },
  },
  quiet_hours: null,
  zone: 'Asia/Kolkata',
}

test('only what was changed is sent, so that another tab’s change stays', () => {
  const [values, read] = [editable(VIEW), editable(VIEW)]
  assert.equal(differs(values, read), false)
  assert.deepEqual(sent(values, read), { groups: {}, quiet_hours: null })
  values.groups.messages.mail = 'off'
  assert.deepEqual(sent(values, read).groups, { messages: { mail: 'off', push: 'off' } })
  assert.equal(differs(values, read), true)
  const quiet = { ...editable(VIEW), quiet: true }
  assert.equal(differs(quiet, read), true)
  assert.deepEqual(sent(quiet, read).quiet_hours, { from: '22:00', to: '07:00' })
})

test('what was saved elsewhere meanwhile stays, under what was changed here', () => {
  const [values, read] = [editable(VIEW), editable(VIEW)]
  values.groups.messages = { mail: 'off', push: 'on' }
  const elsewhere = editable({ ...VIEW, quiet_hours: { from: '21:00', to: '06:30' } })
  elsewhere.groups.messages = { mail: 'on', push: 'on' }
  const other = Object.keys(elsewhere.groups).find((group) => group !== 'messages')
  elsewhere.groups[other] = { mail: 'off', push: 'off' }
  const kept = rebased(values, read, elsewhere)
  assert.deepEqual(kept.groups, { ...elsewhere.groups, messages: { mail: 'off', push: 'on' } })
  assert.deepEqual([kept.quiet, kept.from, kept.to], [true, '21:00', '06:30'])
  const mine = { ...values, quiet: true, from: '23:00' }
  assert.deepEqual([rebased(mine, read, elsewhere).from, rebased(mine, read, elsewhere).to], ['23:00', '07:00'])
})

test('quiet hours that are switched off are not asked about', () => {
  const values = editable({ ...VIEW, quiet_hours: { from: '21:00', to: '06:30' } })
  assert.deepEqual(faultsOf(values), {})
  assert.deepEqual(faultsOf({ ...values, to: '21:00' }), { to: 'preferences.same' })
  assert.deepEqual(faultsOf({ ...values, from: '' }), { from: 'preferences.missing' })
  assert.deepEqual(faultsOf({ ...values, from: '', quiet: false }), {})
  assert.equal(differs({ ...values, quiet: false }, values), true)
  assert.equal(differs({ ...values, from: '20:00', quiet: false }, { ...values, quiet: false }), false)
})

test('a refusal is shown where it belongs, and the rest in words', () => {
  const fields = { 'groups.messages.mail': 'No.', 'quiet_hours.to': 'Later.', 'groups.other.mail': 'Unknown.' }
  assert.deepEqual(refused(fields, editable(VIEW)), {
    errors: { messages: 'No.', to: 'Later.' },
    rest: ['Unknown.'],
  })
})
