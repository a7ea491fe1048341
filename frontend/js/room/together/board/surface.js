// The page of the board on the screen: SVG elements that follow the shapes, the selection and the other's pointer.
import { toScreen } from './camera.js'
import { outline } from './outlines.js'
import { INKS, LINE_HEIGHT, MOST_SHAPES, TEXT_SIZE, bounds } from './shapes.js'

const SVG = 'http://www.w3.org/2000/svg'
const POINTER = 'M0 0L5 16L8.5 9.5L15.5 7Z'

function make(name, attributes = {}) {
  const element = document.createElementNS(SVG, name)
  set(element, attributes)
  return element
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
}

function writeLines(text, { x, lines }) {
  while (text.childNodes.length > lines.length) text.lastChild.remove()
  lines.forEach((line, index) => {
    const part = text.childNodes[index] ?? text.appendChild(make('tspan'))
    set(part, { x, dy: index ? TEXT_SIZE * LINE_HEIGHT : TEXT_SIZE })
    if (part.textContent !== line) part.textContent = line || ' '
  })
}

const NAME = { text: 'text', image: 'g' }

/** `svg` is empty; `pictures.of(material)` gives {state, url, words} of an image. */
export function createSurface({ svg, pictures }) {
  const paper = svg.appendChild(make('g'))
  const layer = paper.appendChild(make('g', { 'data-shapes': '' }))
  const frame = svg.appendChild(make('rect', { class: 'board-frame', 'data-frame': '' }))
  const theirs = svg.appendChild(make('g', { class: 'board-theirs', 'data-their-pointer': '' }))
  theirs.append(make('path', { d: POINTER }), make('text', { x: 14, y: 26 }))
  frame.setAttribute('visibility', 'hidden')
  theirs.setAttribute('visibility', 'hidden')
  const shown = new Map() // id -> {shape, element}

  function paint(element, shape) {
    if (shape.kind === 'text') {
      set(element, { x: shape.x, y: shape.y, fill: INKS[shape.ink], 'font-size': TEXT_SIZE, class: 'board-text' })
      writeLines(element, shape)
    } else if (shape.kind === 'image') paintImage(element, shape)
    else paintLines(element, shape)
    set(element, { 'data-id': shape.id, 'data-kind': shape.kind })
  }

  function paintLines(element, shape) {
    const { d, filled } = outline(shape)
    const ink = INKS[shape.ink]
    const [fill, stroke] = filled ? [ink, 'none'] : ['none', ink]
    const round = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }
    set(element, { d, fill, stroke, 'stroke-width': filled ? 0 : shape.width, ...round })
  }

  function paintImage(element, shape) {
    const { x, y, w: width, h: height } = bounds(shape)
    const { state, url, words } = pictures.of(shape.material)
    element.setAttribute('data-state', state)
    if (state === 'ready') {
      if (element.firstChild?.localName !== 'image') element.replaceChildren(make('image', { href: url }))
      return set(element.firstChild, { x, y, width, height, href: url })
    }
    if (element.firstChild?.localName !== 'rect') element.replaceChildren(make('rect'), make('text'))
    set(element.firstChild, { x, y, width, height, class: 'board-image-none' })
    set(element.lastChild, { x: x + 12, y: y + 28, 'font-size': 18, class: 'board-text' })
    element.lastChild.textContent = words
  }

  return {
    /** Make the screen show these shapes, in this order; what did not change is not touched. */
    draw(shapes) {
      const gone = new Set(shown.keys())
      let next = layer.firstChild
      for (const shape of shapes.slice(0, MOST_SHAPES)) {
        let held = shown.get(shape.id)
        if (held && !gone.delete(shape.id)) continue // two that go by one name: the first
        if (!held) shown.set(shape.id, (held = { shape: null, element: make(NAME[shape.kind] ?? 'path') }))
        if (held.shape !== shape) paint(held.element, shape)
        held.shape = shape
        if (held.element === next) next = next.nextSibling
        else layer.insertBefore(held.element, next)
      }
      for (const id of gone) {
        shown.get(id).element.remove()
        shown.delete(id)
      }
    },
    /** An image has come, or will not. */
    repaint(material) {
      for (const { shape, element } of shown.values()) if (shape.material === material) paint(element, shape)
    },
    look({ x, y, scale }) {
      paper.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`)
    },
    frame(camera, shape) {
      frame.setAttribute('visibility', shape ? 'visible' : 'hidden')
      if (!shape) return
      const box = bounds(shape)
      const corner = toScreen(camera, box)
      const [width, height] = [box.w * camera.scale, box.h * camera.scale]
      set(frame, { x: corner.x - 6, y: corner.y - 6, width: width + 12, height: height + 12 })
    },
    point(camera, pointer, name) {
      theirs.setAttribute('visibility', pointer ? 'visible' : 'hidden')
      if (!pointer) return
      const { x, y } = toScreen(camera, { x: pointer[0], y: pointer[1] })
      theirs.setAttribute('transform', `translate(${x} ${y})`)
      if (theirs.lastChild.textContent !== name) theirs.lastChild.textContent = name
    },
  }
}
