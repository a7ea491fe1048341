// What was written and drawn in a session as files, from the snapshots of both sides; nothing here needs a page.
import { createDrawing } from './board/drawing.js'
import { outline } from './board/outlines.js'
import { INKS, LINE_HEIGHT, TEXT_SIZE, bounds, boundsOfAll } from './board/shapes.js'
import { FROM, createDocument } from './document.js'
import { fileName, languageOf } from './languages.js'
import { unpack } from './snapshot.js'

const MARGIN = 24
const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const UNWRITTEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu // XML has no way to say these

const escaped = (text) => text.replace(UNWRITTEN, '').replace(/[&<>"]/g, (letter) => ESCAPED[letter])

function svgOf(shape) {
  const ink = INKS[shape.ink]
  if (shape.kind === 'text') {
    const line = (words, at) =>
      `<tspan x="${shape.x}" dy="${at ? TEXT_SIZE * LINE_HEIGHT : TEXT_SIZE}">${escaped(words) || ' '}</tspan>`
    return `<text x="${shape.x}" y="${shape.y}" fill="${ink}" xml:space="preserve">${shape.lines.map(line).join('')}</text>`
  }
  if (shape.kind === 'image') {
    const { x, y, w, h } = bounds(shape)
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#f1f5f9" stroke="#64748b" stroke-dasharray="6 4"/>`
  }
  const { d, filled } = outline(shape)
  return `<path d="${d}" fill="${filled ? ink : 'none'}" stroke="${filled ? 'none' : ink}" stroke-width="${shape.width}"/>`
}

/** A page of the board as SVG; images, which are files of their own, are empty frames in it. */
export function pageSvg(shapes) {
  const { x, y, w, h } = boundsOfAll(shapes, MARGIN) ?? { x: 0, y: 0, w: 1200, h: 750 }
  const look = `font-family="Inter, system-ui, sans-serif" font-size="${TEXT_SIZE}" stroke-linecap="round" stroke-linejoin="round"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${w} ${h}" width="${w}" height="${h}">`,
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#ffffff"/>`,
    `<g ${look}>${shapes.map(svgOf).join('')}</g></svg>\n`,
  ].join('')
}

/** [{name, type, content}] of what is not empty; `snapshots` are the bytes of each side's, or null. */
export function filesOf({ Y, snapshots, title }) {
  const document = createDocument({ Y, news: { changed() {}, fullness() {} } })
  const drawing = createDrawing({ Y, document, newId: () => '' })
  for (const update of snapshots.map((bytes) => bytes && unpack(bytes))) if (update) document.take(update, FROM.server)
  const { ending } = languageOf(document.facts.get('language'))
  const pages = drawing.pages().map((page) => drawing.shapes(page))
  const files = [
    { name: fileName(title, 'notes', 'md'), type: 'text/markdown', content: document.notes.toString() },
    { name: fileName(title, 'code', ending), type: 'text/plain', content: document.code.toString() },
    ...pages.map((shapes, at) => ({
      name: fileName(title, `board-${at + 1}`, 'svg'),
      type: 'image/svg+xml',
      content: shapes.length ? pageSvg(shapes) : '',
    })),
  ]
  drawing.close()
  document.close()
  return files.filter(({ content }) => content.trim())
}
