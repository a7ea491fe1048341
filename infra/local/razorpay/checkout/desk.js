// The developer's look into the test payments: what there is, and what may be made of it.
const $ = (id) => document.getElementById(id)
const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' })
const money = (paise) => rupees.format((paise ?? 0) / 100)
const at = (seconds) => new Date(seconds * 1000).toLocaleTimeString()
const SUMS = {
  captured: 'Captured',
  fees: 'Gateway fees',
  refunded: 'Refunded',
  refunds_pending: 'Refunds on the way',
  disputed: 'Lost to banks',
  settled: 'Settled to our bank',
  balance: 'At the gateway',
  payout_balance: 'Payout balance',
  paid_out: 'Paid out',
  payout_fees: 'Payout fees',
}
// What a row's state allows: [label, action, what it is told].
const ACTS = {
  payments: (row) => ({
    created: [
      ['Bank says yes', 'authorize', { payment_id: row.id }],
      ['Bank says no', 'fail', { payment_id: row.id }],
    ],
    failed: [['Pay late after all', 'authorize', { payment_id: row.id }]],
    captured: [['Chargeback', 'dispute', { payment_id: row.id }]],
  }),
  refunds: (row) => ({
    pending: ['processed', 'failed'].map((status) => [status, 'finish_refund', { refund_id: row.id, status }]),
  }),
  payouts: (row) => ({
    queued: [['Cancel', 'cancel_payout', { payout_id: row.id }]],
    processing: ['processed', 'failed', 'reversed'].map((status) => payout(row, status)),
    processed: [payout(row, 'reversed')],
  }),
  disputes: (row) => ({
    open: ['under_review', 'won', 'lost'].map((status) => dispute(row, status)),
    under_review: ['won', 'lost'].map((status) => dispute(row, status)),
  }),
  events: (row) => ({ due: [], delivered: [replay(row)], lost: [replay(row)], 'given up': [replay(row)] }),
}
const payout = (row, status) => [status, 'finish_payout', { payout_id: row.id, status }]
const dispute = (row, status) => [status.replace('_', ' '), 'decide', { dispute_id: row.id, status }]
const replay = (row) => ['Tell again', 'replay', { event_id: row.id }]

async function ask(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
  const answer = await fetch(`/dev/razorpay/${path}`, options)
  return answer.json()
}

async function act(action, told) {
  const done = await ask(`act/${action}`, told)
  $('said').textContent = done.error ? done.error.description : 'Done.'
  await show()
}

async function show() {
  const books = await ask('books')
  $('sums').replaceChildren(...Object.entries(SUMS).map(([name, words]) => sum(words, money(books.totals[name]))))
  $('faults').textContent = books.faults.map((fault) => `${fault.kind} of ${fault.op}`).join(', ')
  if (!$('kind').length) $('kind').append(...books.kinds.map((kind) => new Option(kind)))
  $('lists').replaceChildren(...Object.keys(ACTS).flatMap((kind) => list(kind, books[kind])))
}

function sum(words, value) {
  const box = document.createElement('div')
  box.append(made('dt', words), made('dd', value))
  return box
}

function list(kind, rows) {
  const scroll = Object.assign(document.createElement('div'), { className: 'scroll', tabIndex: 0 })
  const table = scroll.appendChild(document.createElement('table'))
  for (const row of rows) table.insertRow().append(...cells(kind, row))
  const nothing = made('p', 'None yet.')
  return [made('h2', kind[0].toUpperCase() + kind.slice(1)), rows.length ? scroll : nothing]
}

function cells(kind, row) {
  const acts = made('td', '')
  acts.className = 'acts'
  for (const [words, action, told] of ACTS[kind](row)[row.status] ?? []) {
    const button = acts.appendChild(made('button', words))
    button.addEventListener('click', () => act(action, told))
  }
  const of = row.reference_id ?? row.order_id ?? row.payment_id ?? row.event ?? ''
  const facts = [at(row.created_at), row.id, of, row.amount === undefined ? '' : money(row.amount), row.status]
  return [...facts.map((fact) => made('td', fact)), acts]
}

function made(name, words) {
  return Object.assign(document.createElement(name), { textContent: words })
}

for (const button of document.querySelectorAll('[data-act]')) {
  const { act: action, paise } = button.dataset
  button.addEventListener('click', () => act(action, paise ? { paise: Number(paise) } : {}))
}
$('fault').addEventListener('submit', (event) => {
  event.preventDefault()
  act('faults', { kind: $('kind').value, op: $('op').value || '*' })
})
show()
setInterval(() => document.hidden || show(), 5000)
