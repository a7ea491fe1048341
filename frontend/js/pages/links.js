// The pages that links in our mails lead to.
import { api, start } from '../app.js'
import { password } from '../checks.js'
import { onward } from '../components/sign-up.js'
import { form } from '../form.js'
import { home, whoAmI } from '../session.js'
import { mailToken, onNewToken, tokenUsed } from '../token.js'

// A link that does its work by being opened: checking -> done, or refused with words.
const opened = (path, nothing) => ({
  state: 'checking',
  answer: null,
  problem: '',
  where: '/',
  token: '',
  init() {
    onNewToken(() => this.take())
    this.take()
  },
  take() {
    this.token = mailToken()
    return this.run()
  },
  async run() {
    const { token } = this
    if (!token) return (this.state = 'missing')
    this.state = 'checking'
    try {
      const answer = (await api.post(path, { token }, { quiet: true })) ?? nothing
      const me = await whoAmI({ fresh: true }).catch(() => null)
      if (token !== this.token) return // another link was opened meanwhile
      this.where = onward(me ? home(me) : '/sign-in')
      Object.assign(this, { answer, state: 'done' })
    } catch (error) {
      if (token !== this.token) return
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

// The token is kept in this tab until it has worked or will never work: a reload loses nothing but what was typed.
const newPassword = () => ({
  ...form({
    values: { password: '' },
    checks: { password },
    async send({ password: chosen }) {
      try {
        await api.post('/auth/reset/confirm', { token: this.token, password: chosen }, { quiet: true })
        tokenUsed()
      } catch (error) {
        if (error.code === 'link_spent') tokenUsed()
        throw error
      }
    },
  }),
  token: mailToken({ keep: true }),
  init() {
    onNewToken(() => {
      Object.assign(this, { token: mailToken({ keep: true }), errors: {}, problem: '', state: 'ready' })
    })
  },
})

start({ verifyLink, emailLink, newPassword })
