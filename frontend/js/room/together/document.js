// The document of a session: notes, code and board, kept small and whole.
import { judge } from './gate.js'

export const CAP = 2 * 1024 * 1024 // what a snapshot may have
export const FULL = CAP - 128 * 1024 // from here on we add nothing ourselves, so that what the other adds still fits
export const NEAR = 1.5 * 1024 * 1024

/** Where a change came from, when not from here. */
export const FROM = Object.freeze({ wire: 'wire', server: 'server', kept: 'kept' })

const AFAR = new Set(Object.values(FROM))

/** `Y` is Yjs; `news` hears changed(update, origin) and fullness(word): fine, near or full. */
export function createDocument({ Y, news }) {
  const doc = new Y.Doc()
  const parts = {
    notes: doc.getText('notes'),
    code: doc.getText('code'),
    facts: doc.getMap('facts'),
    board: doc.getArray('board'),
    pages: doc.getArray('pages'),
  }
  let bytes = 2 // or more: what was deleted is counted until it is weighed
  let weighed = 0
  let fullness = 'fine'

  doc.on('update', (update, origin) => {
    weigh(bytes + update.length)
    news.changed(update, origin)
  })

  /** What is known to be at most so heavy is weighed once that matters, and then once in a while. */
  function weigh(guess) {
    bytes = guess
    if (guess >= NEAR && guess > weighed + 32 * 1024) weighed = bytes = Y.encodeStateAsUpdate(doc).length
    const word = bytes >= FULL ? 'full' : bytes >= NEAR ? 'near' : 'fine'
    if (word === fullness) return
    fullness = word
    news.fullness(word)
  }
  const hasPending = () => Boolean(doc.store.pendingStructs || doc.store.pendingDs)

  /** How long what an update has beyond what is here already would be: both snapshots have nearly all. */
  function newIn(update) {
    const apart = new Y.Doc()
    Y.applyUpdate(apart, update)
    const { length } = Y.encodeStateAsUpdate(apart, Y.encodeStateVector(doc))
    apart.destroy()
    return length
  }

  return {
    doc,
    ...parts,
    get fullness() {
      return fullness
    },
    isLocal: (origin) => !AFAR.has(origin),
    /** Whether so much more may be added here. */
    hasRoomFor: (more) => bytes + more < FULL,
    /** A change from elsewhere: `fine`, `gap` when something before it is missing, or `refused`; only `fine` was taken whole. */
    take(update, origin) {
      const verdict = judge(Y, doc, update)
      if (verdict !== 'fine') return verdict
      try {
        if (bytes + update.length > CAP && this.whole().length + newIn(update) > CAP) return 'refused'
        Y.applyUpdate(doc, update, origin)
        return hasPending() ? 'gap' : 'fine'
      } catch {
        return 'refused'
      } finally {
        doc.store.pendingStructs = doc.store.pendingDs = null // asked for anew rather than hoarded
      }
    },
    state: () => Y.encodeStateVector(doc),
    /** All that whoever has `state` lacks; throws for what is no state. */
    since: (state) => Y.encodeStateAsUpdate(doc, state),
    whole() {
      const update = Y.encodeStateAsUpdate(doc)
      weighed = update.length
      weigh(update.length)
      return update
    },
    close: () => doc.destroy(),
  }
}
