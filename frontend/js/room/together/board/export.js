// A page of the board as a picture file, drawn from its shapes.
import { outline } from './outlines.js'
import { INKS, LINE_HEIGHT, TEXT_SIZE, bounds, boundsOfAll } from './shapes.js'

const MARGIN = 24
const LONGEST = 4096 // pixels; canvases of every browser go so far
const PAPER = '#ffffff'
const FONT = `${TEXT_SIZE}px Inter, system-ui, sans-serif`

/** {x, y, width, height, scale}: what is drawn where, at twice its size if that fits. */
export function frameOf(shapes) {
  const { x, y, w, h } = boundsOfAll(shapes, MARGIN) ?? { x: 0, y: 0, w: 1200, h: 750 }
  const scale = Math.min(2, LONGEST / Math.max(w, h))
  return { x, y, scale, width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) }
}

/** `bitmaps` has what is drawn for a material, where there is anything. */
export function paint(context, shapes, { x, y, width, height, scale }, { bitmaps = new Map(), Path = Path2D } = {}) {
  context.fillStyle = PAPER
  context.fillRect(0, 0, width, height)
  context.setTransform(scale, 0, 0, scale, -x * scale, -y * scale)
  Object.assign(context, { lineCap: 'round', lineJoin: 'round', font: FONT, textBaseline: 'alphabetic' })
  for (const shape of shapes) {
    context.fillStyle = context.strokeStyle = INKS[shape.ink]
    context.lineWidth = shape.width
    if (shape.kind === 'text') writeLines(context, shape)
    else if (shape.kind === 'image') place(context, shape, bitmaps.get(shape.material))
    else trace(context, outline(shape), Path)
  }
}

function trace(context, { d, filled }, Path) {
  const path = new Path(d)
  if (filled) context.fill(path)
  else context.stroke(path)
}

function writeLines(context, { lines, x, y }) {
  lines.forEach((line, index) => context.fillText(line, x, y + TEXT_SIZE + index * TEXT_SIZE * LINE_HEIGHT))
}

function place(context, shape, bitmap) {
  const box = bounds(shape)
  if (bitmap) context.drawImage(bitmap, box.x, box.y, box.w, box.h)
}

/** A page's PNG; `blobOf(material)` gives an image's bytes where they are here. */
export async function toPng(shapes, blobOf) {
  const bitmaps = new Map()
  for (const { material } of shapes) {
    const blob = material && blobOf(material)
    if (blob) bitmaps.set(material, await createImageBitmap(blob).catch(() => null))
  }
  const frame = frameOf(shapes)
  const canvas = Object.assign(document.createElement('canvas'), { width: frame.width, height: frame.height })
  paint(canvas.getContext('2d'), shapes, frame, { bitmaps })
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))), 'image/png'),
  )
}
