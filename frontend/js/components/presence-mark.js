// Whether a mentor is there, beside their name: asked for when it is shown, and every two minutes while it is looked at.
import { api } from '../api.js'
import { createPresence, presenceWords } from '../presence/asking.js'

const EVERY = 2 * 60_000
export const presenceOf = createPresence({ get: (...call) => api.get(...call) })

export const presenceMark = (id) => ({
  presence: null,
  async init() {
    this.tick = setInterval(() => document.visibilityState === 'visible' && this.look(), EVERY)
    await this.look()
  },
  destroy() {
    clearInterval(this.tick)
  },
  async look() {
    this.presence = await presenceOf(id)
  },
  get isLive() {
    return Boolean(this.presence?.live)
  },
  get words() {
    return presenceWords(this.presence)
  },
})
