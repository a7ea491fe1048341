// Two documents made one over whatever line there is: each says what it has, gets what it lacks, and then hears of every change.
import { FROM, CAP } from './document.js'
import { Malformed } from './frames.js'
import { MOST as MOST_PRESENCE } from './presence.js'
import { createWire } from './wire.js'

/** Words on the line: hello and lack carry a state vector (hello asks to be told the other's too), change an update. */
export const KIND = Object.freeze({ hello: 1, lack: 2, change: 3, presence: 4 })
const MOST = { [KIND.hello]: 64 * 1024, [KIND.lack]: 64 * 1024, [KIND.change]: CAP, [KIND.presence]: MOST_PRESENCE }
const ASK_AGAIN_MS = 1000
const MOST_ASKED = 20 // on one line
const MOST_GIVEN = 200 // on one line: each may be all there is

/** `document` as createDocument gives it, `presence` as createPresence; `news` hears line(word): none, open or muted. */
export function createSync({ document, presence, news, timers = globalThis }) {
  let wire = null
  let asking = null
  let asked = 0
  let given = 0

  const send = (kind, bytes) => wire?.send(kind, bytes)
  const hello = () => send(KIND.hello, document.state())

  /** Something is missing or was thrown away: compare anew, though not over and over. */
  function askAgain() {
    if (asked >= MOST_ASKED) return
    asking ??= timers.setTimeout(() => {
      asking = null
      asked++
      hello()
    }, ASK_AGAIN_MS)
  }

  const heard = {
    [KIND.hello](bytes) {
      giveSince(bytes)
      send(KIND.lack, document.state())
    },
    [KIND.lack]: giveSince,
    [KIND.change](bytes) {
      const verdict = document.take(bytes, FROM.wire)
      if (verdict === 'refused') throw new Malformed('change')
      if (verdict === 'gap') askAgain()
    },
    [KIND.presence](bytes) {
      if (!presence.take(bytes)) throw new Malformed('presence')
    },
  }

  function giveSince(state) {
    if (++given > MOST_GIVEN) throw new Malformed('asked too often')
    let update
    try {
      update = document.since(state)
    } catch {
      throw new Malformed('state')
    }
    send(KIND.change, update)
  }

  function drop() {
    wire?.close()
    wire = null
    timers.clearTimeout(asking)
    asking = null
    asked = given = 0
    presence.lost()
  }

  return {
    /** The data channel there is now, or null. */
    use(channel) {
      drop()
      if (!channel) return news.line('none')
      wire = createWire(channel, {
        most: (kind) => MOST[kind] ?? 0,
        news: {
          open() {
            hello()
            presence.again()
            news.line('open')
          },
          message: (kind, bytes) => (heard[kind] ? heard[kind](bytes) : null),
          overflowed: hello,
          closed: () => news.line('none'),
          muted() {
            drop()
            news.line('muted')
          },
        },
      })
    },
    changed: (update, origin) => origin !== FROM.wire && send(KIND.change, update),
    tell: (bytes) => send(KIND.presence, bytes),
    close: drop,
  }
}
