// The board whole, fetched when it is first opened: drawing, surface, pointers and images, with one camera for this screen.
import { begin, fitted, toPaper, toScreen, zoomed } from './camera.js'
import { createDrawing } from './drawing.js'
import { toPng } from './export.js'
import { createGestures } from './gestures.js'
import { createPictures } from './pictures.js'
import { createPointing } from './pointing.js'
import { FIRST_PAGE, INKS, WIDTHS, bounds, boundsOfAll } from './shapes.js'
import { createSurface } from './surface.js'
import { pageWords, shapeWords } from './words.js'

const BIG_IMAGE = 600 // units of paper across, at most, when it comes
const NEW = { line: { w: 200, h: 0 }, arrow: { w: 200, h: 0 }, rect: { w: 200, h: 120 }, ellipse: { w: 160, h: 160 } }
const STEP = 1.25

/**
 * `element` is what is drawn on, `svg` within it. `news` hears changed(summary), selected(id), write({at, on}) when a text is to
 * be written, and full().
 */
export function createBoard({ whole, room, element, svg, name, news, newId = () => crypto.randomUUID() }) {
  const { presence, heard } = whole
  const style = { page: FIRST_PAGE, ink: Object.keys(INKS)[0], width: WIDTHS[1] }
  let camera = begin
  let selected = null
  let tool = 'pen'
  let drawn = null
  let seen = false // has had a size
  let moved = false // or drawn on, by hand: from then on nothing else turns the eye
  let closed = false

  const drawing = createDrawing({ ...whole, newId, full: news.full })
  const pictures = createPictures({ room, changed: (material) => surface.repaint(material) })
  const surface = createSurface({ svg, pictures })
  const size = () => ({ width: element.clientWidth, height: element.clientHeight })
  const middle = () => ({ x: size().width / 2, y: size().height / 2 })

  const begins = createGestures({
    drawing,
    style: () => style,
    scale: () => camera.scale,
    select,
    selected: () => selected,
    writeAt: (on) => news.write({ on, at: toScreen(camera, on) }),
    pan: (dx, dy) => look({ ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale }),
  })
  const pointing = createPointing({
    element,
    camera: () => camera,
    look,
    tool: () => tool,
    begin: (...how) => ((moved = true), begins(...how)),
    hover: (point) => presence.set({ pointer: point && [Math.round(point.x), Math.round(point.y)] }),
  })
  const resized = new ResizeObserver(() => {
    if (!size().width || seen) return redraw()
    seen = true
    fit()
  })
  resized.observe(element)

  const shapes = () => drawing.shapes(style.page)

  function look(next) {
    moved = true
    camera = next
    redraw()
  }
  function fit() {
    look(fitted(boundsOfAll(shapes(), 20), size()))
    moved = false
  }
  function select(id) {
    selected = id
    news.selected(id)
    redraw()
  }
  function redraw() {
    drawn ??= requestAnimationFrame(draw)
  }
  function draw() {
    drawn = null
    if (closed || !size().width) return // nobody looks: once it is opened, all of it is drawn
    const pages = drawing.pages()
    if (!pages.includes(style.page)) return turn(pages.at(-1))
    const here = shapes()
    if (selected && !here.some(({ id }) => id === selected)) select(null)
    surface.draw(here)
    surface.look(camera)
    surface.frame(camera, selected ? drawing.shape(selected) : null)
    see()
    const { undoable, redoable } = drawing
    const number = pages.indexOf(style.page) + 1
    const words = pageWords(number, here)
    news.changed({ pages, number, count: here.length, words, undoable, redoable, zoom: camera.scale })
  }
  function see() {
    const { theirs } = heard
    const here = theirs?.at === 'board' && theirs.page === style.page
    surface.point(camera, here ? theirs.pointer : null, name())
  }
  function turn(page) {
    style.page = page
    presence.set({ page, pointer: null })
    select(null)
    fit()
  }
  function act(work) {
    drawing.anew()
    const done = work()
    redraw()
    return done
  }

  redraw()

  return {
    redraw,
    see,
    fit,
    /** More of the page has come: show it, unless somebody is looking at a part. */
    widen: () => moved || fit(),
    turn,
    select,
    zoom: (by) => look(zoomed(camera, by > 0 ? STEP : 1 / STEP, middle())),
    pan: (dx, dy) => look({ ...camera, x: camera.x + dx / camera.scale, y: camera.y + dy / camera.scale }),
    hold: (next) => (tool = next),
    dip: (change) => Object.assign(style, change),
    here: () => presence.set({ at: 'board', page: style.page, pointer: null, caret: null }),
    /** All that is on the page, in words. */
    items: () => shapes().map((shape) => ({ id: shape.id, words: shapeWords(shape) })),
    text: (id) => drawing.shape(id)?.text ?? null,
    placeOf: (id) => toScreen(camera, bounds(drawing.shape(id))),
    undo: () => (drawing.undo(), redraw()),
    redo: () => (drawing.redo(), redraw()),
    remove: (id) => act(() => drawing.remove(id)),
    shift: (id, change, first = true) => (first ? act(() => drawing.shift(id, change)) : drawing.shift(id, change)),
    clear: () => act(() => drawing.clear(style.page)),
    addPage() {
      const page = act(() => drawing.addPage())
      if (page) turn(page)
    },
    removePage: () => act(() => drawing.removePage(style.page)),
    /** Without a pointer: a new shape in the middle of what is seen. */
    place(kind) {
      const { x, y } = toPaper(camera, middle())
      if (kind === 'text') return news.write({ on: { x, y }, at: middle() })
      const box = NEW[kind]
      if (!box) return
      const id = act(() => drawing.add({ kind, ...style, x: x - box.w / 2, y: y - box.h / 2, ...box }))
      if (id) select(id)
    },
    /** A text at a point, or another one for a text that is there, or was until now; an empty one takes it away. */
    write({ id, on, text }) {
      if (id && drawing.shape(id)) act(() => (text.trim() ? drawing.write(id, text) : drawing.remove(id)))
      else if (text.trim()) {
        const place = on ?? toPaper(camera, middle())
        act(() => drawing.add({ kind: 'text', ...style, ...place, w: 0, h: 0, text }))
      }
    },
    async addImage(file, onProgress) {
      const { material, width, height } = await pictures.add(file, onProgress)
      const w = Math.min(BIG_IMAGE, width)
      const h = (height * w) / width
      const { x, y } = toPaper(camera, middle())
      const id = act(() => drawing.add({ kind: 'image', ...style, x: x - w / 2, y: y - h / 2, w, h, material }))
      if (id) select(id)
    },
    toPng: () => toPng(shapes(), pictures.blob),
    close() {
      closed = true
      cancelAnimationFrame(drawn)
      resized.disconnect()
      pointing.close()
      pictures.close()
      drawing.close()
    },
  }
}
