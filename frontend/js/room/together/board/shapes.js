// What is drawn on the board, read from the document with nothing believed: what makes no sense is not there.

export const KINDS = ['pen', 'line', 'rect', 'ellipse', 'arrow', 'text', 'image']
/** The inks by name; each reads well on white paper. */
export const INKS = {
  black: '#0f172a',
  blue: '#1d4ed8',
  red: '#b91c1c',
  green: '#15803d',
  orange: '#b45309',
  violet: '#7e22ce',
}
export const WIDTHS = [2, 4, 8, 16]
export const FIRST_PAGE = 'first'
export const MOST_SHAPES = 4000 // on one page; more would not be drawn in time
export const MOST_PAGES = 50
export const LONGEST_TEXT = 1000
export const TEXT_SIZE = 28
export const LINE_HEIGHT = 1.3

const MOST_POINTS = 6000
const FAR = 100_000
const SCALE = 10 // points are kept as whole tenths
const ID = /^[\w-]{1,64}$/

const isNear = (value) => Number.isFinite(value) && Math.abs(value) <= FAR
const isId = (value) => typeof value === 'string' && ID.test(value)

export const boxWords = ({ x, y, w, h }) => [x, y, w, h].map((each) => Math.round(each * SCALE) / SCALE).join(' ')

function readBox(words) {
  if (typeof words !== 'string' || words.length > 64) return null
  const [x, y, w, h, ...rest] = words.split(' ').map(Number)
  return !rest.length && [x, y, w, h].every(isNear) ? { x, y, w, h } : null
}

/** Whole tenths, three to a point: x, y and how hard the pen pressed, 0 to 100. */
export const pointWords = ({ x, y, press }) => [Math.round(x * SCALE), Math.round(y * SCALE), Math.round(press * 100)]

function readPoints(list) {
  const numbers = list?.toArray?.() ?? []
  const points = []
  for (let at = 0; at + 2 < numbers.length && points.length < MOST_POINTS; at += 3) {
    const [x, y, press] = [numbers[at] / SCALE, numbers[at + 1] / SCALE, numbers[at + 2] / 100]
    if (isNear(x) && isNear(y) && press >= 0 && press <= 1) points.push({ x, y, press })
  }
  return points
}

/** The shape in a shared map, or null: {id, kind, page, ink, width, x, y, w, h} and points, text or material. */
export function readShape(map) {
  if (typeof map?.get !== 'function') return null
  const [id, kind, page, box] = [map.get('id'), map.get('kind'), map.get('page'), readBox(map.get('box'))]
  if (!isId(id) || !isId(page) || !KINDS.includes(kind) || !box) return null
  const ink = Object.hasOwn(INKS, map.get('ink')) ? map.get('ink') : 'black'
  const width = WIDTHS.includes(map.get('width')) ? map.get('width') : WIDTHS[1]
  const shape = { id, kind, page, ink, width, ...box }
  if (kind === 'pen') return withPoints(shape, readPoints(map.get('points')))
  if (kind === 'text') return withText(shape, map.get('text'))
  if (kind === 'image') return isId(map.get('material')) ? { ...shape, material: map.get('material') } : null
  return shape
}

const withPoints = (shape, points) => (points.length ? { ...shape, points } : null)

function withText(shape, text) {
  if (typeof text !== 'string' || !text.trim()) return null
  const lines = text.slice(0, LONGEST_TEXT).split('\n').slice(0, 60)
  return { ...shape, text: lines.join('\n'), lines }
}

/** The smallest upright rectangle that holds a shape. */
export function bounds(shape) {
  if (shape.kind === 'pen') return boundsOf(shape.points.map(({ x, y }) => ({ x: x + shape.x, y: y + shape.y })))
  if (shape.kind === 'text') {
    const longest = Math.max(...shape.lines.map((line) => line.length))
    const w = Math.max(TEXT_SIZE, longest * TEXT_SIZE * 0.56)
    return { x: shape.x, y: shape.y, w, h: shape.lines.length * TEXT_SIZE * LINE_HEIGHT }
  }
  const [x, y] = [Math.min(shape.x, shape.x + shape.w), Math.min(shape.y, shape.y + shape.h)]
  return { x, y, w: Math.abs(shape.w), h: Math.abs(shape.h) }
}

function boundsOf(points) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** What holds all of these shapes with some margin; null for none. */
export function boundsOfAll(shapes, margin = 0) {
  if (!shapes.length) return null
  const corners = shapes.flatMap((shape) => {
    const { x, y, w, h } = bounds(shape)
    const around = margin + shape.width
    return [
      { x: x - around, y: y - around },
      { x: x + w + around, y: y + h + around },
    ]
  })
  return boundsOf(corners)
}

/** The shape moved and made larger by so much. */
export const shifted = ({ x, y, w, h }, { dx = 0, dy = 0, dw = 0, dh = 0 }) => ({
  x: Math.max(-FAR, Math.min(FAR, x + dx)),
  y: Math.max(-FAR, Math.min(FAR, y + dy)),
  w: w + dw,
  h: h + dh,
})
