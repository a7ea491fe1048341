// A stand-in for Razorpay's checkout script, with its interface: window.Razorpay(options), open, close, on.
;(() => {
  const home = new URL('.', document.currentScript.src)
  const text = (value) => (value == null ? '' : String(value))

  class Razorpay {
    #options
    #listeners = {}
    #dialog = null
    #frame = null
    #timer = 0
    #tries = 0

    constructor(options) {
      if (!options?.key) throw new Error('No key passed')
      if (!options.order_id) throw new Error('The test checkout pays orders: pass order_id')
      this.#options = options
    }

    on(event, listener) {
      ;(this.#listeners[event] ??= []).push(listener)
      return this
    }

    open() {
      if (this.#dialog) return
      this.#dialog = document.createElement('dialog')
      this.#dialog.className = 'test-checkout'
      this.#dialog.setAttribute('aria-label', 'Test checkout')
      this.#frame = document.createElement('iframe')
      this.#frame.title = 'Test checkout'
      this.#frame.src = new URL('checkout.html', home)
      this.#dialog.append(this.#frame)
      this.#dialog.addEventListener('cancel', (event) => {
        event.preventDefault() // Escape outside the frame: it asks first, as inside
        this.#tell({ type: 'leave' })
      })
      document.body.append(stylesheet(), this.#dialog)
      window.addEventListener('message', this.#hear)
      this.#dialog.showModal()
      const { timeout } = this.#options
      if (timeout) this.#timer = setTimeout(() => this.#leave('timeout'), timeout * 1000)
    }

    close() {
      if (!this.#dialog) return
      clearTimeout(this.#timer)
      window.removeEventListener('message', this.#hear)
      this.#dialog.close()
      this.#dialog.remove()
      this.#dialog = this.#frame = null
    }

    #hear = (event) => {
      if (event.origin !== home.origin || event.source !== this.#frame?.contentWindow) return
      const { type, detail } = event.data
      if (type === 'ready') this.#tell({ type: 'order', order: this.#asked() })
      if (type === 'paid') this.#paid(detail)
      if (type === 'failed') this.#failed(detail)
      if (type === 'closed') this.#leave()
    }

    #asked() {
      const { key, order_id, name, description, prefill, theme, timeout, modal } = this.#options
      return {
        key,
        order: order_id,
        name: text(name),
        description: text(description),
        email: text(prefill?.email),
        contact: text(prefill?.contact),
        colour: text(theme?.color),
        ends: timeout ? Date.now() + timeout * 1000 : 0,
        confirm: Boolean(modal?.confirm_close),
        escape: modal?.escape !== false,
      }
    }

    #paid(proof) {
      this.close()
      this.#options.handler?.(proof)
    }

    #failed(error) {
      const { retry = true } = this.#options
      const most = retry === false || retry.enabled === false ? 0 : (retry.max_count ?? Infinity)
      for (const listener of this.#listeners['payment.failed'] ?? []) listener({ error })
      if (++this.#tries > most) this.#leave()
    }

    #leave(reason) {
      if (!this.#dialog) return
      this.close()
      this.#options.modal?.ondismiss?.(reason)
    }

    #tell(message) {
      this.#frame?.contentWindow?.postMessage(message, home.origin)
    }
  }

  function stylesheet() {
    const address = new URL('overlay.css', home).href
    const there = document.querySelector(`link[href="${address}"]`)
    return there ?? Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address })
  }

  window.Razorpay = Razorpay
})()
