// The pages that links in our mails lead to. The token is in the fragment: it never reaches a server's log.
import { api, start } from '../app.js'
import { password } from '../checks.js'
import { onward } from '../components/sign-up.js'
import { form } from '../form.js'
import { home, whoAmI } from '../session.js'

function takeToken() {
  const token = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return token
}

// A link that does its work by being opened: checking -> done, or refused with words.
const opened = (path, nothing) => ({
  state: 'checking',
  answer: null,
  problem: '',
  where: '/',
  token: takeToken(),
  init() {
    this.run()
  },
  async run() {
    if (!this.token) return (this.state = 'missing')
    this.state = 'checking'
    try {
      this.answer = (await api.post(path, { token: this.token }, { quiet: true })) ?? nothing
      const me = await whoAmI({ fresh: true }).catch(() => null)
      this.where = onward(me ? home(me) : '/sign-in')
      this.state = 'done'
    } catch (error) {
      Object.assign(this, {
        state: error.status === 0 || error.status >= 500 ? 'failed' : 'refused',
        problem: error.message,
      })
    }
  },
  async again() {
    this.state = 'sending'
    try {
      await api.post('/email/verify/resend')
      this.state = 'resent'
    } catch (error) {
      Object.assign(this, { state: 'refused', problem: error.message })
    }
  },
})

const verifyLink = () => opened('/email/verify', {})
const emailLink = () => opened('/email/change/confirm', {})

const newPassword = () => ({
  ...form({
    values: { password: '' },
    checks: { password },
    send({ password: chosen }) {
      return api.post('/auth/reset/confirm', { token: this.token, password: chosen }, { quiet: true })
    },
  }),
  token: takeToken(),
})

start({ verifyLink, emailLink, newPassword })
