// How paying for a booking stands: one word, and what each thing that happens makes of it.
//
// ready -> opening (order and script are fetched) -> open (the gateway's window) -> proving (our server asks the gateway)
// -> paid; or processing while the gateway has not said it yet, waiting once that takes long.
// failed: the gateway refused a try. unavailable: it cannot be reached. lapsed: the hold is over. returned: paid, but the
// money goes back. over: nothing is to be paid here any more.
import { strays } from '../money/refunds.js'

const MOVES = {
  press: { ready: 'opening', failed: 'opening', unavailable: 'opening', open: 'opening' },
  opened: { opening: 'open' },
  unreachable: { opening: 'unavailable' },
  refused: { opening: 'ready' },
  declined: { open: 'failed' },
  dismissed: { open: 'ready' },
  handed: { ready: 'proving', opening: 'proving', open: 'proving', failed: 'proving', lapsed: 'proving' },
  unproven: { proving: 'processing' },
  tired: { processing: 'waiting' },
  again: { waiting: 'processing' },
}

const AWAITED = new Set(['proving', 'processing', 'waiting'])
const FINAL = new Set(['paid', 'returned', 'over'])
const KEPT = new Set(['confirmed', 'completed', 'no_show'])

// The state after an event; one that does not belong to a state changes nothing.
export const after = (state, event) => MOVES[event]?.[state] ?? state

export const isPayable = (state) => state in MOVES.press || state === 'opening'

// A request is under way: the one time that the button cannot be pressed.
export const isBusy = (state) => state === 'opening' || state === 'proving'

// Paid by the browser's account, and not yet by the server's.
export const isAwaited = (state) => AWAITED.has(state)

export const isFinal = (state) => FINAL.has(state)

// What the server says of a booking: paid, payable, lapsed, returned or over.
export function standing({ status, pay_by: payBy, payment }, now) {
  if (KEPT.has(status)) return 'paid'
  if (strays(payment).length) return 'returned'
  if (status === 'held' && now < Date.parse(payBy)) return 'payable'
  return status === 'held' || status === 'expired' ? 'lapsed' : 'over'
}

// The state once the server has spoken: it has the last word, save that money under way is still waited for.
export function following(state, stands) {
  if (FINAL.has(stands)) return stands
  if (isAwaited(state)) return state
  if (stands === 'lapsed') return 'lapsed'
  return state === 'loading' || state === 'lapsed' ? 'ready' : state
}
