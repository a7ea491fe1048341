// What two people drew together, as pictures: fetched, merged and painted on demand.
import * as Y from '../../vendor/yjs/yjs.js'
import { createDrawing } from '../room/together/board/drawing.js'
import { toPng } from '../room/together/board/export.js'
import { FROM, createDocument } from '../room/together/document.js'
import { fileName } from '../room/together/languages.js'
import { unpack } from '../room/together/snapshot.js'

// The shapes of each page that has any, by both sides' snapshots; one that cannot be read is left out.
export function pagesOf(snapshots) {
  const document = createDocument({ Y, news: { changed() {}, fullness() {} } })
  for (const update of snapshots.map((bytes) => bytes && unpack(bytes))) if (update) document.take(update, FROM.server)
  const drawing = createDrawing({ Y, document, newId: () => '' })
  const pages = drawing.pages().map((page) => drawing.shapes(page))
  drawing.close()
  document.close()
  return pages.filter((shapes) => shapes.length)
}

// [{name, png}]; `fetchImage(material)` gives the bytes of an image, or null.
export async function picturesOf(pages, { title, fetchImage, paint = toPng }) {
  const materials = [...new Set(pages.flat().flatMap(({ material }) => material ?? []))]
  const images = new Map(await Promise.all(materials.map(async (each) => [each, await fetchImage(each)])))
  const pictures = []
  for (const [at, shapes] of pages.entries()) {
    const png = await paint(shapes, (material) => images.get(material))
    pictures.push({ name: fileName(title, `board-${at + 1}`, 'png'), png })
  }
  return pictures
}
