// Which part of the endless paper is on the screen: a corner and a scale, and nothing of the DOM.

export const SMALLEST = 0.1
export const LARGEST = 8

const clamp = (value, low, high) => Math.max(low, Math.min(high, value))

/** {x, y}: the paper's point in the upper left corner; `scale`: screen pixels for one unit of paper. */
export const begin = Object.freeze({ x: 0, y: 0, scale: 1 })

export const toPaper = ({ x, y, scale }, point) => ({ x: x + point.x / scale, y: y + point.y / scale })
export const toScreen = ({ x, y, scale }, point) => ({ x: (point.x - x) * scale, y: (point.y - y) * scale })

export const panned = (camera, dx, dy) => ({
  ...camera,
  x: camera.x - dx / camera.scale,
  y: camera.y - dy / camera.scale,
})

/** Larger or smaller by a factor, with what is under `point` of the screen staying there. */
export function zoomed(camera, factor, point) {
  const scale = clamp(camera.scale * factor, SMALLEST, LARGEST)
  const fixed = toPaper(camera, point)
  return { scale, x: fixed.x - point.x / scale, y: fixed.y - point.y / scale }
}

/** Two fingers from where they were to where they are. */
export function pinched(camera, [a, b], [c, d]) {
  const apart = (p, q) => Math.hypot(p.x - q.x, p.y - q.y) || 1
  const middle = (p, q) => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 })
  const [was, is] = [middle(a, b), middle(c, d)]
  return zoomed(panned(camera, is.x - was.x, is.y - was.y), apart(c, d) / apart(a, b), is)
}

/** All of a rectangle of paper, or the first sheet of it where there is nothing, in a window of that size. */
export function fitted(box, { width, height }, { margin = 24, most = 1.5 } = {}) {
  const { x, y, w, h } = box ?? { x: 0, y: 0, w: 1200, h: 750 }
  const room = { w: Math.max(1, width - 2 * margin), h: Math.max(1, height - 2 * margin) }
  const scale = clamp(Math.min(room.w / (w || 1), room.h / (h || 1)), SMALLEST, most)
  return { scale, x: x + w / 2 - width / 2 / scale, y: y + h / 2 - height / 2 / scale }
}
