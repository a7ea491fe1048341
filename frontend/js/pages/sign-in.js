// Signing in, with a second step where an authenticator is on; then on to where one was going.
import { api, setPerson, start } from '../app.js'
import { email, required } from '../checks.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { nextAfterSignIn, safeNext, whoAmI } from '../session.js'

const SECOND_STEP = new Set(['code_needed', 'wrong_code'])

async function signIn({ email: address, password, code }) {
  const given = { email: address.trim(), password }
  if (this.step === 'code') given.code = code.replace(/\s/g, '')
  try {
    return await api.post('/auth/sign-in', given, { quiet: true })
  } catch (error) {
    if (!SECOND_STEP.has(error.code)) throw error
    if (error.code === 'wrong_code')
      Object.assign(error, { fields: { code: error.message }, message: t('form.look_again') })
    if (this.step === 'password') this.toCode(error)
    else throw error
  }
}

const signInForm = () => ({
  ...form({
    values: { email: '', password: '', code: '' },
    checks: {
      email,
      password: required('check.password_missing'),
      code: () => '',
    },
    send: signIn,
    done(me) {
      if (!me) return (this.state = 'ready')
      setPerson(me)
      this.state = 'sending' // stays busy until the next page is there
      location.replace(nextAfterSignIn(me))
    },
  }),
  step: 'password', // password -> code
  search: '',

  async init() {
    const next = safeNext(new URLSearchParams(location.search).get('next'), '')
    this.search = next ? `?next=${encodeURIComponent(next)}` : ''
    const me = await whoAmI().catch(() => null)
    if (me) location.replace(nextAfterSignIn(me))
  },
  toCode() {
    this.step = 'code'
    this.$nextTick(() => this.$root.querySelector('#f-code').focus())
  },
  back() {
    Object.assign(this, { step: 'password', problem: '', errors: {}, state: 'ready' })
    this.values.code = ''
  },
})

start({ signInForm })
