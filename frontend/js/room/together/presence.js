// Where the other is in the document right now: told often, kept nowhere.

const OFTEN_MS = 50
export const MOST = 2048

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const PANELS = new Set(['notes', 'code', 'board'])
const isPlace = (value) => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e6

/** What the other says of themselves, with all that makes no sense left out; null for nonsense. */
export function readPresence(bytes) {
  let said
  try {
    said = JSON.parse(decoder.decode(bytes))
  } catch {
    return null
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return null
  const { at, page, pointer, caret } = said
  return {
    at: PANELS.has(at) ? at : '',
    page: typeof page === 'string' && page.length <= 64 ? page : '',
    pointer: Array.isArray(pointer) && pointer.length === 2 && pointer.every(isPlace) ? pointer : null,
    caret: caret && typeof caret === 'object' && caret.anchor && caret.head ? caret : null,
  }
}

/** `send(bytes)` tells the other; `news(theirs)` hears of them, null once they are gone. */
export function createPresence({ send, news, timers = globalThis }) {
  let mine = { at: '', page: '', pointer: null, caret: null }
  let told = ''
  let due = null

  function tell() {
    due = null
    const words = JSON.stringify(mine)
    if (words === told) return
    const bytes = encoder.encode(words)
    if (bytes.length > MOST) return
    told = words
    send(bytes)
  }

  return {
    set(change) {
      mine = { ...mine, ...change }
      due ??= timers.setTimeout(tell, OFTEN_MS)
    },
    /** There is a new line, and nobody there knows. */
    again() {
      told = ''
      tell()
    },
    take(bytes) {
      const theirs = readPresence(bytes)
      if (theirs) news(theirs)
      return Boolean(theirs)
    },
    lost: () => news(null),
    close: () => timers.clearTimeout(due),
  }
}
