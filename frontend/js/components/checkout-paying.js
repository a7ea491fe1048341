// Paying: the order, the gateway's window, and the way back from it until our server knows.
import { api } from '../app.js'
import { gatewayScript, openWindow, Unreachable } from '../checkout/gateway.js'
import { polling } from '../checkout/polling.js'
import { proofs } from '../checkout/proofs.js'
import { after, isBusy, isPayable } from '../checkout/state.js'
import { t } from '../i18n.js'
import { failed, toastNext } from './toasts.js'

const kept = proofs(sessionStorage)
const HANDED = ['razorpay_payment_id', 'razorpay_order_id', 'razorpay_signature']
const only = (proof) => Object.fromEntries(HANDED.map((name) => [name, proof[name]]))

// The server has read it and will not read it otherwise: what the gateway tells it counts.
const isAnswered = ({ status }) => status >= 400 && status < 500 && status !== 401 && status !== 429

// Part of a page that has `booking`, `id`, `note`, `now`, `path(move)`, `take(view)`, `refresh()`, `settle(before)` and
// `timesLink()`.
export const paying = () => ({
  state: 'loading', // the words of checkout/state.js
  words: '', // why the last try came to nothing
  ordered: false, // the gateway knows the price: it stands
  tries: 0,
  delivered: false, // our server has the proof
  releasing: 'no', // no -> yes, until the open times are there
  closeWindow: () => {},

  happen(event) {
    const before = this.state
    this.state = after(before, event)
    if (this.state !== before) this.settle(before)
  },
  payable() {
    return isPayable(this.state)
  },
  busy() {
    return isBusy(this.state)
  },
  // The window was there, and was left without an answer: the bank may have one still.
  mayBeUnderWay() {
    return this.ordered && this.state === 'ready' && !this.words
  },

  // One order, however often it is pressed; every try is made on it.
  async pay() {
    if (!this.payable() || this.busy()) return
    const turn = ++this.tries
    this.closeWindow()
    this.words = ''
    this.happen('press')
    try {
      const order = await api.post(this.path('/checkout'), { note: this.note.trim() })
      this.ordered = true
      if (order.confirmed) return await this.refresh({ must: true })
      const Gateway = await gatewayScript(order.script)
      if (this.state !== 'opening') return // it has lapsed, or was paid elsewhere
      this.happen('opened')
      this.closeWindow = openWindow(Gateway, order, { now: this.now, told: this.listener(turn) })
    } catch (error) {
      await this.refusePay(error)
    }
  },
  // Only the window in front is listened to; but what was paid in any of them is paid.
  listener(turn) {
    const current = (act) => (words) => turn === this.tries && act(words)
    return {
      handed: (proof) => this.takeProof(only(proof)),
      declined: current((words) => this.decline(words)),
      dismissed: current(() => this.happen('dismissed')),
    }
  },
  decline(words) {
    this.words = t('checkout.failed', { words }).trim()
    this.happen('declined')
  },
  async refusePay(error) {
    const unreachable = error instanceof Unreachable
    this.words = unreachable ? t('checkout.no_script') : error.message
    if (unreachable || !isAnswered(error)) return this.happen('unreachable')
    this.happen('refused')
    await this.refresh()
  },

  async takeProof(proof) {
    kept.keep(this.id, proof)
    this.words = ''
    this.happen('handed')
    await this.prove()
  },
  // A tab that was closed or reloaded on the way goes on where it was.
  async goOn() {
    if (!kept.find(this.id)) return
    this.happen('handed')
    await this.prove()
  },
  async prove() {
    const proof = kept.find(this.id)
    try {
      const view = await api.post(this.path('/payment'), proof)
      this.delivered = true
      if (view) this.take(view)
      else await this.refresh()
    } catch (error) {
      if (isAnswered(error)) kept.drop(this.id)
    }
    if (this.state === 'proving') this.watchFor('unproven')
  },
  watchFor(event) {
    this.happen(event)
    this.poll ??= polling({ look: () => this.look(), tired: () => this.happen('tired') })
    this.poll.start()
  },
  async look() {
    await (kept.find(this.id) && !this.delivered ? this.prove() : this.refresh())
    return this.state === 'processing'
  },
  lookAgain() {
    this.watchFor('again')
  },
  // Rather not: somebody else may have the time.
  async release() {
    if (this.releasing === 'yes' || this.busy()) return
    this.releasing = 'yes'
    const back = this.timesLink()
    try {
      await api.post(this.path('/release'))
      toastNext(t('held.released'))
      location.assign(back)
    } catch (error) {
      this.releasing = 'no'
      failed(error)
      await this.refresh()
    }
  },
  stopPaying() {
    this.poll?.stop()
    this.closeWindow()
  },
  // Something has come of it: nothing is waited for any more.
  endPaying() {
    kept.drop(this.id)
    this.stopPaying()
  },
})
