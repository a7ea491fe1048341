// The gateway's own window. Its script comes from the gateway, is fetched once, and only when somebody presses Pay.
const PATIENCE = 15_000
const COLOUR = '#1E3A8A'

export class Unreachable extends Error {}

const NO_MORE = /^payment failed\.?$/i // says that it failed, and not why

let fetched = null

// The gateway's constructor, from the address that the server named.
export function gatewayScript(address, { page = globalThis.document, home = globalThis } = {}) {
  fetched ??= load(address, page, home).catch((error) => {
    fetched = null // another press tries again
    throw error
  })
  return fetched
}

function load(address, page, home) {
  return new Promise((resolve, reject) => {
    const script = page.createElement('script')
    const refuse = () => {
      script.remove()
      reject(new Unreachable())
    }
    const patience = setTimeout(refuse, PATIENCE)
    const end = (home) => {
      clearTimeout(patience)
      return home.Razorpay ? resolve(home.Razorpay) : refuse()
    }
    Object.assign(script, { src: address, async: true, onload: () => end(home), onerror: () => end({}) })
    page.head.append(script)
  })
}

const why = (words) => (NO_MORE.test(words.trim()) ? '' : words)

// Opens the window on an order; `told` hears `handed(proof)`, `declined(words)` and `dismissed()`. Gives back what closes it.
export function openWindow(Gateway, order, { now, told }) {
  const window = new Gateway({
    key: order.key_id,
    order_id: order.order_id,
    amount: order.amount_paise,
    currency: order.currency,
    name: order.name,
    description: order.description,
    prefill: order.prefill,
    theme: { color: COLOUR },
    timeout: Math.max(1, Math.floor((Date.parse(order.closes_at) - now) / 1000)), // it closes with the hold
    handler: (proof) => told.handed(proof),
    modal: { ondismiss: () => told.dismissed(), confirm_close: true },
  })
  window.on('payment.failed', ({ error } = {}) => told.declined(why(error?.description ?? '')))
  window.open()
  return () => window.close()
}
