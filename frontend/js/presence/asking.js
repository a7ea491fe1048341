// Who of the mentors is there: all that a page shows are asked for together, each once.
import { t, tn } from '../i18n.js'

const DAY = 24

export function createPresence({ get, later = (work) => setTimeout(work, 30) }) {
  let waiting = new Map() // user id -> those who want to know

  async function askAll() {
    const asked = waiting
    waiting = new Map()
    const found = await get('/presence', { ids: [...asked.keys()].slice(0, 50).join(',') }).catch(() => ({ items: [] }))
    const known = new Map(found.items.map((each) => [each.id, each]))
    for (const [id, answers] of asked) answers.forEach((answer) => answer(known.get(id) ?? null))
  }

  // {live, seen_hours_ago}, or null for somebody of whom nothing is known.
  return function presenceOf(id) {
    return new Promise((resolve) => {
      if (!waiting.size) later(askAll)
      waiting.set(id, [...(waiting.get(id) ?? []), resolve])
    })
  }
}

// "Live now", or roughly when they were last seen; '' when that is too long ago to say.
export function presenceWords(presence) {
  if (!presence) return ''
  if (presence.live) return t('presence.live')
  const hours = presence.seen_hours_ago
  if (hours === null || hours === undefined) return ''
  if (hours < 1) return t('presence.just_now')
  return hours < DAY ? tn('presence.hours', hours) : tn('presence.days', Math.floor(hours / DAY))
}
