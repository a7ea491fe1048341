// Dragging over a week of columns: a mouse paints at once; a finger after resting a moment, so that the page still scrolls.
import { clockOf, DAY } from './hours.js'
import { WEEK } from './days.js'

const CELL = 30 // what a finger can hit; quarter-hours are set in the list
const CELLS = DAY / CELL
const REST = 300
const TREMBLE = 10

const within = (least, value, most) => Math.max(least, Math.min(most, value))

// The cell under a pointer: its column (a day) and its half-hour.
export function cellAt({ clientX, clientY }, { left, top, width, height }) {
  return {
    day: within(0, Math.floor(((clientX - left) / width) * WEEK.length), WEEK.length - 1),
    cell: within(0, Math.floor(((clientY - top) / height) * CELLS), CELLS - 1),
  }
}

// What lies between two cells: some days, and a range of hours.
export function between(first, last) {
  const [from, to] = [Math.min(first.day, last.day), Math.max(first.day, last.day)]
  const [begin, end] = [Math.min(first.cell, last.cell), Math.max(first.cell, last.cell) + 1]
  return { days: WEEK.slice(from, to + 1), from: clockOf(begin * CELL), to: clockOf(end * CELL) }
}

// `show(area | null)` while it goes on, `paint(area)` at its end; an area knows the cell it `began` at. Returns how to stop.
export function createPainting(grid, { show, paint, timers = globalThis }) {
  let state = 'idle' // idle -> resting (a finger) -> painting
  let first = null
  let last = null
  let at = null
  let rest = null

  const area = () => ({ ...between(first, last), began: between(first, first) })

  function begin() {
    state = 'painting'
    show(area())
  }

  function down(event) {
    if (state !== 'idle' || event.button > 0 || !event.isPrimary) return
    first = last = cellAt(event, grid.getBoundingClientRect())
    at = event
    grid.setPointerCapture?.(event.pointerId)
    if (event.pointerType !== 'touch') return begin()
    state = 'resting'
    rest = timers.setTimeout(begin, REST)
  }

  function move(event) {
    if (state === 'resting' && Math.hypot(event.clientX - at.clientX, event.clientY - at.clientY) > TREMBLE) stop()
    if (state !== 'painting') return
    last = cellAt(event, grid.getBoundingClientRect())
    show(area())
  }

  function up() {
    if (state === 'painting') paint(area())
    stop()
  }

  function stop() {
    timers.clearTimeout(rest)
    if (state === 'painting') show(null)
    state = 'idle'
  }

  const key = (event) => event.key === 'Escape' && stop()
  const hold = (event) => state === 'painting' && event.cancelable && event.preventDefault() // no scrolling meanwhile
  const menu = (event) => state !== 'idle' && event.preventDefault()

  const heard = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: stop, contextmenu: menu }
  for (const [type, handle] of Object.entries(heard)) grid.addEventListener(type, handle)
  grid.addEventListener('touchmove', hold, { passive: false })
  globalThis.addEventListener?.('keydown', key)

  return () => {
    stop()
    for (const [type, handle] of Object.entries(heard)) grid.removeEventListener(type, handle)
    grid.removeEventListener('touchmove', hold)
    globalThis.removeEventListener?.('keydown', key)
  }
}
