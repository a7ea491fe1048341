// The server's time, ticking each second while the page is looked at.
import { api } from '../api.js'

export const ticking = () => ({
  now: api.now(),
  startClock() {
    this.tick = setInterval(() => document.visibilityState === 'visible' && (this.now = api.now()), 1000)
  },
  stopClock() {
    clearInterval(this.tick)
  },
})
