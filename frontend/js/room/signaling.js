// Messages to and from the other person in a room, over a channel that may vanish and come back.

const BATCH_MS = 20 // candidates come in bursts; each message is billed, each wait is felt
const MOST_PASSES = 3
const ANSWER_MS = 4000
const PONG_MS = 1800
const PASSING = new Set(['surprise', 'unavailable', 'too_fast', 'too_many']) // the next try may find it otherwise

/**
 * `live` is the tab's one socket: send(message), on(type, handler) -> off, connect(), check(patience), state.
 * `pass(renew)` gives the pass for the door; `news` hears joined, peerJoined, signal, peerLeft, session, replaced, refused, socket.
 */
export function createSignaling({ live, topic, newId, pass, news, timers = globalThis }) {
  const offs = []
  let inside = false
  let sid = ''
  let token = null // addresses the other's present connection; null while nobody is known to be there
  let pending = { candidates: [] }
  let batch = null
  let answer = null
  let rejoin = null
  let fruitless = 0 // joins in a row that found a stale peer
  let attempt = 0
  let joining = ''

  const listen = (type, handler) =>
    offs.push(live.on(type, (message) => (message.topic === undefined || message.topic === topic) && handler(message)))

  async function join(renew = false) {
    if (!inside || live.state !== 'open') return
    const id = (joining = `join-${++attempt}`)
    timers.clearTimeout(answer)
    answer = timers.setTimeout(() => join(), ANSWER_MS)
    const shown = await pass(renew)
    if (shown && inside && id === joining) live.send({ type: 'join', topic, id, data: { pass: shown, sid } })
  }

  function joined({ data }) {
    if (!inside) return
    timers.clearTimeout(answer)
    meet(data.peer?.token ?? token, () => news.joined(data))
  }

  /** The news goes first: it may make what is queued worthless. */
  function meet(nextToken, tell) {
    token = nextToken
    tell()
    flush()
  }

  function flush() {
    timers.clearTimeout(batch)
    batch = null
    const { candidates, ...rest } = pending
    if (!candidates.length && !Object.keys(rest).length) return
    if (!token || live.state !== 'open') return
    pending = { candidates: [] }
    const data = { token, ...rest, ...(candidates.length && { candidates }) }
    live.send({ type: 'signal', topic, id: `signal-${++attempt}`, data }, { sure: 'media' in rest })
  }

  function send(part) {
    const { candidate, ...rest } = part
    if (rest.description) pending.candidates = [] // a description carries what was gathered before it
    Object.assign(pending, rest)
    if (!candidate) return flush()
    pending.candidates.push(candidate)
    batch ??= timers.setTimeout(flush, BATCH_MS)
  }

  function stale() {
    token = null
    timers.clearTimeout(rejoin)
    rejoin = timers.setTimeout(() => join(), Math.min(4000, 250 * 2 ** fruitless++ - 250))
  }

  function lost() {
    token = null
    timers.clearTimeout(answer)
    if (inside) news.socket(false)
  }

  function refused({ id = '', data }) {
    if (!inside) return
    if (id.startsWith('signal-')) return stale() // not delivered: coming in anew says everything again
    if (id !== joining || PASSING.has(data.code)) return
    timers.clearTimeout(answer)
    if (data.code === 'pass_expired' && fruitless++ < MOST_PASSES) return join(true)
    news.refused(data.code)
  }

  /** Is the line to the server alive? Browsers do not notice a dead one, and the call needs it now. */
  function probe() {
    if (live.state === 'open') live.check(PONG_MS)
    else live.wake()
  }

  function lineChanged({ data }) {
    if (data.state === 'open') return inside && join()
    if (token !== null || data.state === 'waiting') lost()
  }

  listen('state', lineChanged)
  listen('joined', joined)
  listen('error', refused)
  listen('peer-gone', stale)
  listen('peer-joined', ({ data }) => inside && meet(data.token, () => news.peerJoined(data)))
  listen('signal', ({ data }) => inside && ((fruitless = 0), news.signal(data)))
  listen('peer-left', ({ data }) => inside && news.peerLeft(data))
  listen('session', ({ data }) => news.session(data))
  listen('replaced', () => inside && news.replaced())

  function stop() {
    inside = false
    token = null
    pending = { candidates: [] }
    for (const timer of [batch, answer, rejoin]) timers.clearTimeout(timer)
    batch = null
  }

  return {
    send,
    probe,
    rejoin: (renew = false) => join(renew),
    get reachable() {
      return token !== null && live.state === 'open'
    },
    /** What was queued for a connection that is no more must not reach its successor. */
    forget() {
      delete pending.description
      pending.candidates = []
    },
    /** Each entry has an id of its own: the other side then knows that nothing of an earlier one is left. */
    enter() {
      inside = true
      sid = newId()
      fruitless = 0
      if (live.state === 'open') join()
      else live.connect()
    },
    leave() {
      if (inside && live.state === 'open') live.send({ type: 'leave', topic, data: { sid } })
      stop()
    },
    stop,
    close() {
      stop()
      for (const off of offs.splice(0)) off()
    },
  }
}
