// The lines of a shape as path data, the same for the screen and for a picture file; and whether a point touches it.
import { bounds } from './shapes.js'

const HEAD = 4 // an arrow's, in widths of its line
const n = (value) => Math.round(value * 100) / 100

const at = ({ x, y }) => `${n(x)} ${n(y)}`

/** A smooth line through points: curves from middle to middle. */
function smooth(points) {
  const [first, ...rest] = points
  if (!rest.length) return `M${at(first)}h0.01`
  let path = `M${at(first)}`
  for (let i = 0; i < rest.length - 1; i++) {
    const middle = { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 }
    path += `Q${at(rest[i])} ${at(middle)}`
  }
  return `${path}L${at(rest.at(-1))}`
}

/** Both edges of a stroke as wide at each point as the pen was pressed there. */
function ribbon(points, width) {
  const left = []
  const right = []
  for (let i = 0; i < points.length; i++) {
    const [before, after] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 1)]]
    const [dx, dy] = [after.x - before.x, after.y - before.y]
    const half = (width * (0.3 + 1.4 * points[i].press)) / 2 / (Math.hypot(dx, dy) || 1)
    left.push({ x: points[i].x - dy * half, y: points[i].y + dx * half })
    right.unshift({ x: points[i].x + dy * half, y: points[i].y - dx * half })
  }
  return `${smooth(left)}${smooth(right).replace('M', 'L')}Z`
}

const isPressed = (points) => points.some(({ press }) => press !== points[0].press)

function arrowHead({ x, y, w, h, width }) {
  const length = Math.hypot(w, h)
  if (!length) return ''
  const size = Math.min(Math.max(12, width * HEAD), length)
  const [ux, uy] = [(w / length) * size, (h / length) * size]
  const tip = { x: x + w, y: y + h }
  const wing = (side) => ({ x: tip.x - ux + side * uy * 0.5, y: tip.y - uy - side * ux * 0.5 })
  return `M${at(wing(1))}L${at(tip)}L${at(wing(-1))}`
}

function ellipse({ x, y, w, h }) {
  const [rx, ry] = [Math.abs(w) / 2, Math.abs(h) / 2]
  const arc = `a${n(rx)} ${n(ry)} 0 1 0`
  return `M${at({ x: x + w / 2 - rx, y: y + h / 2 })}${arc} ${n(rx * 2)} 0${arc} ${n(-rx * 2)} 0Z`
}

const outlines = {
  pen({ points, x, y, width }) {
    const placed = points.map((point) => ({ ...point, x: point.x + x, y: point.y + y }))
    return placed.length > 2 && isPressed(points) ? { d: ribbon(placed, width), filled: true } : { d: smooth(placed) }
  },
  line: ({ x, y, w, h }) => ({ d: `M${at({ x, y })}L${at({ x: x + w, y: y + h })}` }),
  arrow: (shape) => ({ d: outlines.line(shape).d + arrowHead(shape) }),
  rect: ({ x, y, w, h }) => ({ d: `M${at({ x, y })}h${n(w)}v${n(h)}h${n(-w)}Z` }),
  ellipse: (shape) => ({ d: ellipse(shape) }),
}

/** {d, filled} of what is made of lines; null for texts and images. */
export const outline = (shape) => outlines[shape.kind]?.(shape) ?? null

/** How far a point is from the stretch between two others. */
function distance(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)
  const t = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy)
}

function onStroke({ points, x, y }, point, reach) {
  const moved = { x: point.x - x, y: point.y - y }
  return points.some((each, i) => distance(moved, points[Math.max(0, i - 1)], each) <= reach)
}

function onEdge({ x, y, w, h }, point, reach) {
  const corners = [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ]
  return corners.some((corner, i) => distance(point, corner, corners[(i + 1) % 4]) <= reach)
}

function onRound({ x, y, w, h }, point, reach) {
  const [rx, ry] = [Math.abs(w) / 2 || 1, Math.abs(h) / 2 || 1]
  const far = Math.hypot((point.x - x - w / 2) / rx, (point.y - y - h / 2) / ry)
  return Math.abs(far - 1) * Math.min(rx, ry) <= reach
}

function within(shape, point, reach) {
  const { x, y, w, h } = bounds(shape)
  return point.x >= x - reach && point.x <= x + w + reach && point.y >= y - reach && point.y <= y + h + reach
}

const touching = {
  pen: onStroke,
  line: ({ x, y, w, h }, point, reach) => distance(point, { x, y }, { x: x + w, y: y + h }) <= reach,
  rect: onEdge,
  ellipse: onRound,
}
touching.arrow = touching.line

/** Whether a point is on the lines of a shape, or anywhere on a text or image. */
export function touches(shape, point, reach) {
  const wide = reach + shape.width / 2
  return within(shape, point, wide) && (touching[shape.kind] ?? within)(shape, point, wide)
}
