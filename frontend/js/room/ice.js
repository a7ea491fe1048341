// The servers that help two browsers find each other, with credentials that are renewed before they lapse.

const AHEAD_MS = 120_000
const LEAST_MS = 15_000
const AGAIN_MS = 30_000

/** `ask()` resolves to {ice_servers, expires_at}; `now()` is the server's time; `renewed(servers)` hears of later ones. */
export function createIce({ ask, now, renewed, timers = globalThis }) {
  let servers = []
  let timer = null
  let first = null
  let wanted = false

  async function fetchThem() {
    const { ice_servers, expires_at } = await ask()
    servers = ice_servers.map(({ urls, username, credential }) => ({ urls, username, credential }))
    const left = Date.parse(expires_at) - now()
    plan(Math.max(LEAST_MS, left - Math.max(AHEAD_MS, left / 5)))
    return servers
  }

  function plan(delay) {
    timers.clearTimeout(timer)
    if (wanted) timer = timers.setTimeout(renew, delay)
  }

  const renew = () => fetchThem().then(renewed, () => plan(AGAIN_MS))

  return {
    /** Without them a call still works on most networks, so a failure here keeps nobody out. */
    async ready() {
      wanted = true
      await (first ??= fetchThem().catch(() => plan(AGAIN_MS)))
      return servers
    },
    /** Sooner than planned: the room lasts longer than the credentials. */
    renew,
    /** Nobody needs them any more; `ready` asks anew. */
    rest() {
      wanted = false
      first = null
      timers.clearTimeout(timer)
    },
  }
}
