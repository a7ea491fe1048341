// Two ends of a line, a document at each, and a shelf in memory.
import * as Y from '../../../frontend/vendor/yjs/yjs.js'
import { createDocument } from '../../../frontend/js/room/together/document.js'
import { createPresence } from '../../../frontend/js/room/together/presence.js'
import { createSync } from '../../../frontend/js/room/together/sync.js'
import { fakeTimers, settle } from './fakes.js'

export { Y, fakeTimers, settle }

/** One end of a data channel: ordered, and no frame longer than a browser would send. */
export class FakeChannel extends EventTarget {
  constructor() {
    super()
    Object.assign(this, { readyState: 'connecting', bufferedAmount: 0, sent: [], held: false, other: null })
  }
  send(frame) {
    if (this.readyState !== 'open') throw new Error('not open')
    if (frame.length > 16 * 1024) throw new Error('too long for every browser')
    this.sent.push(frame)
    if (this.held) return (this.bufferedAmount += frame.length)
    queueMicrotask(() => this.other?.deliver(frame))
  }
  deliver(data) {
    const event = new Event('message')
    event.data = data instanceof Uint8Array ? data.slice().buffer : data
    if (this.readyState === 'open') this.dispatchEvent(event)
  }
  open() {
    this.readyState = 'open'
    this.dispatchEvent(new Event('open'))
  }
  drained() {
    this.held = false
    this.bufferedAmount = 0
    this.dispatchEvent(new Event('bufferedamountlow'))
  }
}

export function line() {
  const ends = [new FakeChannel(), new FakeChannel()]
  ends[0].other = ends[1]
  ends[1].other = ends[0]
  return ends
}

/** A page with the document and what keeps it in step. */
export function page(timers = fakeTimers()) {
  const told = { lines: [], theirs: null, changes: [] }
  const document = createDocument({
    Y,
    news: { changed: (update, origin) => (told.changes.push(origin), sync.changed(update, origin)), fullness() {} },
  })
  const presence = createPresence({
    send: (bytes) => sync.tell(bytes),
    news: (theirs) => (told.theirs = theirs),
    timers,
  })
  const sync = createSync({ document, presence, news: { line: (word) => told.lines.push(word) }, timers })
  return { document, presence, sync, told, timers }
}

export async function joined(a = page(), b = page()) {
  const ends = line()
  a.sync.use(ends[0])
  b.sync.use(ends[1])
  for (const end of ends) end.open()
  await settle()
  return { a, b, ends }
}
