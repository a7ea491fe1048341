// A page that is about the person signed in: waits for them, or sends to sign in.
import { setPerson } from '../app.js'
import { mustBeSignedIn } from '../session.js'

export const signedInPage = () => ({
  stage: 'loading', // loading -> ready, or failed
  problem: '',
  init() {
    this.load()
  },
  async load() {
    this.stage = 'loading'
    try {
      setPerson(await mustBeSignedIn())
      this.stage = 'ready'
    } catch (error) {
      Object.assign(this, { stage: 'failed', problem: error.message })
    }
  },
})
