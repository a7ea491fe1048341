// Inside the frame: what is to be paid, and how it shall end. The page that opened it hears of it by messages.
const $ = (id) => document.getElementById(id)
const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' })
let asked = null

const tell = (type, detail) => parent.postMessage({ type, detail }, location.origin)

addEventListener('message', (event) => {
  if (event.origin !== location.origin || event.source !== parent) return
  if (event.data.type === 'order') show(event.data.order)
  if (event.data.type === 'leave') leave()
})
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && asked?.escape !== false) leave()
})

async function show(order) {
  asked = order
  const held = await call(`orders/${encodeURIComponent(order.order)}?key=${encodeURIComponent(order.key)}`)
  if (held.error || held.status === 'paid') {
    return refuse(held.error?.description ?? 'This order has been paid already.')
  }
  const amount = rupees.format(held.amount / 100)
  $('name').textContent = order.name || 'Payment'
  $('description').textContent = order.description
  $('amount').textContent = amount
  $('payer').textContent = order.email
  $('pay').textContent = `Pay ${amount}`
  $('sheet').hidden = false
  $('pay').focus()
  if (order.ends) setInterval(tick, 1000, tick())
}

async function choose(outcome) {
  busy(true)
  $('failure').hidden = true
  const { key, email, contact, order } = asked
  const seconds = Number($('seconds').value)
  const answer = await call(`orders/${order}/pay`, { key, outcome, email, contact, seconds })
  busy(false)
  if (answer.paid) return tell('paid', answer.paid)
  if (answer.late) return tell('closed')
  $('failure').textContent = `${answer.error.description}. You can try again.`
  $('failure').hidden = false
  if (answer.error.metadata?.payment_id) tell('failed', answer.error)
}

async function call(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
  try {
    const answer = await fetch(`/dev/razorpay/${path}`, options)
    return await answer.json()
  } catch {
    return { error: { description: 'The test checkout does not answer' } }
  }
}

function leave() {
  if (!asked?.confirm || !$('leaving').hidden || $('sheet').hidden) return tell('closed')
  ask(true)
}

function ask(leaving) {
  $('choices').hidden = leaving
  $('leaving').hidden = !leaving
  $(leaving ? 'stay' : 'pay').focus()
}

function refuse(words) {
  $('problem').textContent = words
  $('problem').hidden = false
  const close = document.createElement('button')
  Object.assign(close, { type: 'button', className: 'choice pay', textContent: 'Close', onclick: () => tell('closed') })
  $('problem').append(close)
  close.focus()
}

function busy(is) {
  for (const button of document.querySelectorAll('#choices button')) button.disabled = is
}

function tick() {
  const left = Math.max(0, Math.round((asked.ends - Date.now()) / 1000))
  $('clock').textContent = `Closes in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  $('clock').hidden = false
}

for (const button of document.querySelectorAll('[data-outcome]')) {
  button.addEventListener('click', () => choose(button.dataset.outcome))
}
$('close').addEventListener('click', leave)
$('stay').addEventListener('click', () => ask(false))
$('leave').addEventListener('click', () => tell('closed'))
tell('ready')
