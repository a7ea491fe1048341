// What a finger, pen or mouse does with each tool, from its first touch to its last.
import { touches } from './outlines.js'

const OFTEN_MS = 40 // how often a gesture that goes on is told
const APART = 1.5 // pixels between two points of a stroke
const MEANT = 4 // pixels until a press is a drag
const LONGEST_STROKE = 2000 // points: what is longer goes on as another shape, so that all of it is drawn
const REACH = { mouse: 6, pen: 8, touch: 14 }

/** The last call within each short while, and the last of all at once when asked. */
function throttled(work, timers) {
  let due = null
  let last = null
  const run = () => {
    due = null
    if (last) work(...last)
    last = null
  }
  const soon = (...what) => {
    last = what
    due ??= timers.setTimeout(run, OFTEN_MS)
  }
  soon.now = () => {
    timers.clearTimeout(due)
    run()
  }
  soon.never = () => {
    timers.clearTimeout(due)
    due = last = null
  }
  return soon
}

const square = ({ w, h }) => {
  const side = Math.max(Math.abs(w), Math.abs(h))
  return { w: Math.sign(w || 1) * side, h: Math.sign(h || 1) * side }
}

/**
 * `drawing` as its module gives it; `style()` gives {page, ink, width}; `scale()` pixels for a unit of paper;
 * `select(id)`, `selected()`, `writeAt(point)` and `pan(dx, dy)` are the panel's.
 */
export function createGestures({ drawing, style, scale, select, selected, writeAt, pan, timers = globalThis }) {
  function topmost(point, type) {
    const reach = (REACH[type] ?? REACH.mouse) / scale()
    return drawing.shapes(style().page).findLast((shape) => touches(shape, point, reach)) ?? null
  }

  function pen(start) {
    let last = start
    let waiting = []
    let count = 0
    const relative = ({ x, y, press }) => ({ x: x - start.x, y: y - start.y, press })
    const from = (point) => {
      count = 1
      return drawing.add({ kind: 'pen', ...style(), ...start, w: 0, h: 0, points: [point] })
    }
    drawing.anew()
    const ids = [from(relative(start))]
    const tell = throttled(() => {
      if (!waiting.length) return
      if (ids.at(-1)) drawing.extend(ids.at(-1), waiting)
      count += waiting.length
      if (count >= LONGEST_STROKE) ids.push(from(waiting.at(-1)))
      waiting = []
    }, timers)
    return {
      move(point) {
        if (Math.hypot(point.x - last.x, point.y - last.y) * scale() < APART) return
        last = point
        waiting.push(relative(point))
        tell()
      },
      end: () => tell.now(),
      abandon() {
        tell.never()
        for (const id of ids) if (id) drawing.remove(id)
      },
    }
  }

  function shape(kind, start) {
    let id = null
    let box = null
    const tell = throttled((size) => {
      if (id) return drawing.shift(id, size)
      drawing.anew()
      id = drawing.add({ kind, ...style(), x: start.x, y: start.y, ...size })
    }, timers)
    return {
      move(point, { even }) {
        box = { w: point.x - start.x, h: point.y - start.y }
        if (!id && Math.hypot(box.w, box.h) * scale() < MEANT) return
        tell(even ? square(box) : box)
      },
      end() {
        tell.now()
        if (id) select(id)
      },
      abandon() {
        tell.never()
        if (id) drawing.remove(id)
      },
    }
  }

  function moving(start, type) {
    const found = topmost(start, type)
    select(found?.id ?? null)
    if (!found) return panning(start)
    const tell = throttled((x, y) => drawing.shift(found.id, { x, y }), timers)
    let begun = false
    return {
      move(point) {
        const [dx, dy] = [point.x - start.x, point.y - start.y]
        if (!begun && Math.hypot(dx, dy) * scale() < MEANT) return
        if (!begun) drawing.anew()
        begun = true
        tell(found.x + dx, found.y + dy)
      },
      end: () => tell.now(),
      abandon: () => tell.now(),
    }
  }

  function erasing(start, type) {
    drawing.anew()
    const wipe = (point) => {
      const found = topmost(point, type)
      if (!found) return
      if (found.id === selected()) select(null)
      drawing.remove(found.id)
    }
    wipe(start)
    return { move: wipe, end() {}, abandon() {} }
  }

  const panning = () => ({ move: (_, { dx, dy }) => pan(dx, dy), end() {}, abandon() {} })

  const writing = (start) => ({ move() {}, end: () => writeAt(start), abandon() {} })

  const begins = { pen, select: moving, eraser: erasing, hand: panning, text: writing }

  /** A gesture: move(point, {dx, dy, even}), end() and abandon(); a point is {x, y, press} on the paper. */
  return (tool, start, type) => (begins[tool] ? begins[tool](start, type) : shape(tool, start))
}
