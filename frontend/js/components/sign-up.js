// What both sign-up flows share: the first step, which makes the account, and walking through the rest.
import { api, setPerson } from '../app.js'
import { age, browserZone, dateIn, zones } from '../time.js'
import { email, name, password } from '../checks.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { safeNext, signInWhenLapsed, whoAmI } from '../session.js'

const DOUBLE_CLICK = 400

const today = () => dateIn(browserZone(), Date.now())

function birthDate(value) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value ?? '') || value > today() || value < '1900-01-01') return t('check.birth_date')
  return age(value, today()) >= 18 ? '' : t('check.adult')
}

// The first step: an account, signed in at once. `path` is /signup/learner or /signup/mentor.
export const accountStep = (path) => ({
  ...form({
    values: { name: '', email: '', password: '', birth_date: '', zone: browserZone(), terms: false },
    checks: { name, email, password, birth_date: birthDate, terms: (ticked) => (ticked ? '' : t('check.terms')) },
    async send(given) {
      const { terms_version: version } = await api.get('/config')
      const { password: secret, birth_date: born, zone } = given
      const names = { name: given.name.trim(), email: given.email.trim() }
      return api.post(path, { ...names, password: secret, birth_date: born, zone, terms_version: version })
    },
    done(me) {
      this.advance(me)
    },
  }),
  zoneOptions: zones(browserZone()),
  today: today(),
})

// The walk: `firstOpen(me)` names the step to begin with, `last` the number of steps, `leave(me)` where it ends.
export const walk = ({ last, firstOpen, leave }) => ({
  stage: 'loading', // loading -> walking, or failed
  step: 1,
  problem: '',
  settling: false, // a step has just come up: the rest of a double click is not meant for it
  over: false, // the flow has done its work: there is no step to go back to

  async init() {
    this.stage = 'loading'
    const next = safeNext(new URLSearchParams(location.search).get('next'), '')
    if (next) localStorage.setItem('return_to', next)
    try {
      const me = await whoAmI()
      const open = me ? firstOpen(me) : 1
      if (me) signInWhenLapsed()
      if (open > last) return leave(me)
      this.step = open > 1 ? (history.state?.step ?? open) : 1 // reloaded, one is where one was
      this.stage = 'walking'
      history.replaceState({ ...history.state, step: this.step }, '')
      addEventListener('popstate', ({ state }) => this.returned(state?.step))
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
  advance(me) {
    if (me) setPerson(me)
    signInWhenLapsed()
    this.goTo(this.step + 1)
  },
  // Each step is a place in the browser's history; the first, which is done only once, gives its place to the second.
  goTo(step) {
    if (step > last) return whoAmI().then(leave)
    const { from } = history.state ?? {}
    if (from === step && step < this.step) return history.back()
    if (this.step === 1) history.replaceState({ step }, '')
    else history.pushState({ step, from: this.step }, '')
    this.show(step)
  },
  returned(step) {
    if (this.over) return whoAmI().then(leave)
    if (step && step !== this.step) this.show(step)
  },
  show(step) {
    Object.assign(this, { step, settling: true })
    setTimeout(() => (this.settling = false), DOUBLE_CLICK)
    this.$nextTick(() => document.querySelector('main h1[tabindex]')?.focus())
    scrollTo(0, 0)
  },
})

const typed = new Map()

// A step that saves part of the person: `patch` sends the values. What was typed outlives leaving the step.
export function savingStep(saved, checks, patch) {
  const name = Object.keys(saved).join()
  if (!typed.has(name)) typed.set(name, saved)
  return form({
    values: typed.get(name),
    checks,
    send: patch,
    done(me) {
      typed.delete(name)
      this.advance(me)
    },
  })
}

// Where to go on after a flow: back to what it interrupted.
export function onward(fallback) {
  const kept = safeNext(localStorage.getItem('return_to'), '')
  localStorage.removeItem('return_to')
  return kept || fallback
}
