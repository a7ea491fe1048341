// Asking for a link to a new password; the answer is the same whether the address is known or not.
import { api, start } from '../app.js'
import { email } from '../checks.js'
import { form } from '../form.js'

const resetForm = () =>
  form({
    values: { email: '' },
    checks: { email },
    send: ({ email: address }) => api.post('/auth/reset', { email: address.trim() }, { quiet: true }),
    done() {
      this.$nextTick(() => this.$refs.done.focus())
    },
  })

start({ resetForm })
