// What the server says at the room's door: come in, too early, over, or not for you; its clock; and what it is asked there.

const FRESH_MS = 5 * 60_000
const LONGEST_WAIT_MS = 2 ** 31 - 1
const AGAIN_MS = 5000

const REMOVED = 'removed'
const REFUSALS = { 401: 'signed-out', 403: 'not-yours', 404: 'missing' }
const quiet = { quiet: true }

/** The network or the server is away for a moment: no reason to leave a call. */
const passing = ({ status }) => !status || status === 429 || status >= 500

/** `news` hears the reducer's events. */
export function createDoor({ api, id, news, clock = Date, timers = globalThis }) {
  let entry = null
  let asked = 0
  let skew = 0
  let timer = null
  let opens = '' // when it does, for one who came too early

  const now = () => clock.now() + skew
  const at = (place) => `/rooms/${id}/${place}`

  async function knock({ within = false } = {}) {
    timers.clearTimeout(timer)
    try {
      entry = await api.post(at('join'), {}, quiet)
      asked = clock.now()
      opens = ''
      skew = Date.parse(entry.server_time) - asked
      news({ type: 'opened', entry })
      return entry
    } catch (error) {
      if (within && entry && passing(error)) return null
      if (opens && passing(error)) return comeBackAt(opens, AGAIN_MS) // who waits does not look at the page all the time
      entry = null
      news(eventFor(error))
      return null
    }
  }

  function eventFor({ code, status, fields }) {
    if (code === 'too_early') {
      comeBackAt(fields.opens_at)
      return { type: 'early', opensAt: fields.opens_at }
    }
    if (code === 'ended') return { type: 'ended', why: 'over' }
    return { type: 'refused', why: code === REMOVED ? REMOVED : (REFUSALS[status] ?? 'fault') }
  }

  function comeBackAt(opensAt, least = 1000) {
    opens = opensAt
    const wait = Date.parse(opensAt) - now() + 500
    timer = timers.setTimeout(() => knock(), Math.min(LONGEST_WAIT_MS, Math.max(least, wait)))
    return null
  }

  return {
    now,
    knock: () => knock(),
    eventFor,
    /** How things stand, asked for from inside. */
    look: () => knock({ within: true }),
    /** The pass for the socket; a new one where the old may have lapsed. */
    async pass(renew) {
      const fresh = entry && clock.now() - asked <= FRESH_MS
      if (fresh && !renew) return entry.pass
      const found = await knock({ within: true })
      return renew ? found?.pass : entry?.pass
    },
    /** The pass at hand, which is good until the room closes. */
    shown: () => entry?.pass,
    goLive: () => api.post(at('live'), {}, quiet),
    end: () => api.post(at('end'), {}, quiet),
    /** More than until this end: asked again after an answer that was lost, it is not asked for twice. */
    extend: (ends_at) => api.post(at('extension'), { ends_at }, quiet),
    refuseExtension: () => api.remove(at('extension'), quiet),
    ice: () => api.post(at('ice'), {}, quiet),
    /** The mentor lets in who waits, or puts the other out, or back in. */
    admit: () => api.post(at('admit'), {}, quiet),
    remove: () => api.post(at('remove'), {}, quiet),
    readmit: () => api.post(at('readmit'), {}, quiet),
    mute: () => api.post(at('mute'), {}, quiet),
    late: (minutes) => api.post(at('late'), { minutes }, quiet),
    /** What became of it. */
    session: () => api.get(`/sessions/${id}`, {}, quiet),
    close: () => timers.clearTimeout(timer),
  }
}
