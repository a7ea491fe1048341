// What the server says at the room's door: come in, too early, over, or not for you; and its clock.

const FRESH_MS = 5 * 60_000
const LONGEST_WAIT_MS = 2 ** 31 - 1

const REFUSALS = { 401: 'signed-out', 403: 'not-yours', 404: 'missing' }

/** `news` hears the reducer's events. */
export function createDoor({ api, id, news, clock = Date, timers = globalThis }) {
  let entry = null
  let asked = 0
  let skew = 0
  let timer = null

  const now = () => clock.now() + skew

  async function knock() {
    timers.clearTimeout(timer)
    try {
      entry = await api.post(`/rooms/${id}/join`, {}, { quiet: true })
      asked = clock.now()
      skew = Date.parse(entry.server_time) - asked
      news({ type: 'opened', entry })
    } catch (error) {
      entry = null
      news(eventFor(error))
    }
    return entry
  }

  function eventFor({ code, status, fields }) {
    if (code === 'too_early') {
      comeBackAt(fields.opens_at)
      return { type: 'early', opensAt: fields.opens_at }
    }
    if (code === 'ended') return { type: 'ended', why: 'over' }
    return { type: 'refused', why: REFUSALS[status] ?? 'fault' }
  }

  function comeBackAt(opensAt) {
    const wait = Date.parse(opensAt) - now() + 500
    timer = timers.setTimeout(knock, Math.min(LONGEST_WAIT_MS, Math.max(1000, wait)))
  }

  return {
    now,
    knock,
    eventFor,
    /** The pass for the socket; a new one where the old may have lapsed. */
    async pass(renew) {
      if (renew || !entry || clock.now() - asked > FRESH_MS) await knock()
      return entry?.pass
    },
    goLive: () => api.post(`/rooms/${id}/live`, {}, { quiet: true }),
    end: () => api.post(`/rooms/${id}/end`, {}, { quiet: true }),
    ice: () => api.post(`/rooms/${id}/ice`, {}, { quiet: true }),
    close: () => timers.clearTimeout(timer),
  }
}
