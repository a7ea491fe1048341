// The board by keyboard: tools by letters, shapes placed by Enter and moved by arrows.

export const TOOL_KEYS = {
  v: 'select',
  h: 'hand',
  p: 'pen',
  l: 'line',
  a: 'arrow',
  r: 'rect',
  o: 'ellipse',
  t: 'text',
  e: 'eraser',
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const STEP = 10
const PAN = 60

/** True when the key meant something here; `board` is the panel's component. */
export function pressed(event, board) {
  const { key, shiftKey, altKey, repeat } = event
  const letter = key.toLowerCase()
  if (event.ctrlKey || event.metaKey) {
    if (letter === 'z') board[shiftKey ? 'redo' : 'undo']()
    else if (letter === 'y') board.redo()
    else return false
    return true
  }
  if (ARROWS[key]) {
    const [x, y] = ARROWS[key]
    const by = altKey ? 1 : STEP
    if (!board.selected) board.pan(x * PAN, y * PAN)
    else board.shift(shiftKey ? { dw: x * by, dh: y * by } : { dx: x * by, dy: y * by }, !repeat)
    return true
  }
  if (altKey) return false
  if (TOOL_KEYS[letter]) return (board.hold(TOOL_KEYS[letter]), true)
  return others(key, board)
}

function others(key, board) {
  const acts = {
    Enter: () => board.place(),
    Delete: () => board.selected && board.remove(board.selected),
    Backspace: () => board.selected && board.remove(board.selected),
    '[': () => board.next(-1),
    ']': () => board.next(1),
    PageUp: () => board.turnBy(-1),
    PageDown: () => board.turnBy(1),
    '+': () => board.zoom(1),
    '=': () => board.zoom(1),
    '-': () => board.zoom(-1),
    0: () => board.fit(),
  }
  if (key === 'Escape') return board.selected ? (board.select(null), true) : false
  if (!acts[key]) return false
  acts[key]()
  return true
}
