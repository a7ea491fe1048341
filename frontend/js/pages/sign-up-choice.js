// Learner or mentor: keeps where one was going.
import { start } from '../app.js'
import { safeNext } from '../session.js'

const signUpChoice = () => ({
  search: '',
  init() {
    const next = safeNext(new URLSearchParams(location.search).get('next'), '')
    this.search = next ? `?next=${encodeURIComponent(next)}` : ''
  },
})

start({ signUpChoice })
