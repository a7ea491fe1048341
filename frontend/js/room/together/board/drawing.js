// What can be done to the board, each act one step that its maker, and only its maker, can undo.
import { FIRST_PAGE, MOST_PAGES, boxWords, pointWords, readShape, shifted } from './shapes.js'

const MINE = Object.freeze({ by: 'board' }) // the origin of our own acts
const EACH = 400 // bytes, about, of a shape without its points
const POINT = 12

/** `document` as createDocument gives it; `newId` makes ids; `full()` is called when there was no room. */
export function createDrawing({ Y, document, newId, full = () => {} }) {
  const { doc, board, pages } = document
  const history = new Y.UndoManager([board, pages], { trackedOrigins: new Set([MINE]), captureTimeout: Infinity })
  const read = new WeakMap() // map -> shape, until it changes

  board.observeDeep((events) => {
    for (const { target } of events) {
      read.delete(target)
      read.delete(target.parent)
    }
  })

  function shapeOf(map) {
    if (!map) return null
    if (!read.has(map)) read.set(map, readShape(map))
    return read.get(map)
  }

  const find = (id) => board.toArray().find((map) => shapeOf(map)?.id === id)
  const act = (work) => doc.transact(work, MINE)

  /** What follows is an act of its own. */
  const anew = () => history.stopCapturing()

  function mayAdd(bytes) {
    if (document.hasRoomFor(bytes)) return true
    full()
    return false
  }

  function removeWhere(is) {
    const maps = board.toArray()
    act(() => {
      for (let at = maps.length - 1; at >= 0; at--) if (is(shapeOf(maps[at]), maps[at])) board.delete(at)
    })
  }

  return {
    anew,
    /** Every page there is: the first always, then those that were added. */
    pages: () => [FIRST_PAGE, ...new Set(pages.toArray().filter((id) => typeof id === 'string' && id !== FIRST_PAGE))],
    /** What is on a page, from the bottom up. */
    shapes: (page) =>
      board
        .toArray()
        .map(shapeOf)
        .filter((shape) => shape?.page === page),
    shape: (id) => shapeOf(find(id)),

    /** Put a new shape on top; its id, or null when there is no room. */
    add({ points = [], text, material, ...shape }) {
      if (!mayAdd(EACH + (text?.length ?? 0) * 3)) return null
      const id = newId()
      const map = new Y.Map()
      const { kind, page, ink, width } = shape
      for (const [name, value] of Object.entries({ id, kind, page, ink, width, box: boxWords(shape), text, material }))
        if (value !== undefined) map.set(name, value)
      if (kind === 'pen') map.set('points', Y.Array.from(points.flatMap(pointWords)))
      act(() => board.push([map]))
      return id
    },
    /** The pen goes on. */
    extend(id, points) {
      if (!mayAdd(points.length * POINT)) return
      act(() => find(id)?.get('points').push(points.flatMap(pointWords)))
    },
    /** Move or resize by {dx, dy, dw, dh}, or set a whole {x, y, w, h}. */
    shift(id, change) {
      const map = find(id)
      const shape = map && shapeOf(map)
      if (!shape) return
      const { x = shape.x, y = shape.y, w = shape.w, h = shape.h } = change
      act(() => map.set('box', boxWords(shifted({ x, y, w, h }, change))))
    },
    write(id, text) {
      if (mayAdd(text.length * 3)) act(() => find(id)?.set('text', text))
    },
    remove: (id) => removeWhere((shape) => shape?.id === id),
    clear: (page) => removeWhere((shape) => shape?.page === page),

    addPage() {
      if (this.pages().length >= MOST_PAGES || !mayAdd(EACH)) return null
      const id = newId()
      act(() => pages.push([id]))
      return id
    },
    /** The page and all on it; the first one is only cleared. */
    removePage(page) {
      doc.transact(() => {
        this.clear(page)
        const at = pages.toArray().indexOf(page)
        if (at >= 0) act(() => pages.delete(at))
      }, MINE)
    },

    undo: () => (anew(), history.undo()),
    redo: () => (anew(), history.redo()),
    get undoable() {
      return history.undoStack.length > 0
    },
    get redoable() {
      return history.redoStack.length > 0
    },
    close: () => history.destroy(),
  }
}
