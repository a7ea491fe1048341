// The forms of payout details. Nothing typed here is kept: what was sent is forgotten, and never shown again.
import { api } from '../app.js'
import { required } from '../checks.js'
import { BANK_CHECKS, UPI_CHECKS, bankOf, pan } from '../earnings/banks.js'
import { form } from '../form.js'

const password = required('check.password_missing')

export const bankForm = () => ({
  ...form({
    values: { holder: '', account_number: '', account_number_again: '', ifsc: '', password: '' },
    checks: { ...BANK_CHECKS, password },
    send: (values) => api.put('/payee', { kind: 'bank', ...values }),
    done(payee) {
      this.saved(payee)
    },
  }),
  get bank() {
    return bankOf(this.values.ifsc)
  },
})

export const upiForm = () =>
  form({
    values: { holder: '', address: '', password: '' },
    checks: { ...UPI_CHECKS, password },
    send: (values) => api.put('/payee', { kind: 'upi', ...values }),
    done(payee) {
      this.saved(payee)
    },
  })

export const panForm = () =>
  form({
    values: { pan: '', password: '' },
    checks: { pan, password },
    send: (values) => api.put('/payee/pan', values),
    done(payee) {
      this.gavePan(payee)
    },
  })
