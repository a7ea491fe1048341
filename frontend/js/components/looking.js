// Where no line tells what changed, a page looks by itself: when it comes into view, and each minute while an answer,
// a hold or an offer is awaited.
import { live } from '../live.js'

const EVERY = 60_000

// `look()` fetches anew, `mayChange()` says whether anything is awaited. Gives back what ends it.
export function lookAgain({ look, mayChange, line = live, page = document, timers = globalThis }) {
  const unseen = () => page.visibilityState === 'visible' && line.state !== 'open'
  const onShow = () => unseen() && look()
  const tick = timers.setInterval(() => unseen() && mayChange() && look(), EVERY)
  page.addEventListener('visibilitychange', onShow)
  return () => {
    timers.clearInterval(tick)
    page.removeEventListener('visibilitychange', onShow)
  }
}
