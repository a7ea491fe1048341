// Pointers on the board: one draws, two fingers move and zoom, a wheel scrolls, and once a pen is there fingers only move.
import { panned, pinched, toPaper, zoomed } from './camera.js'

const WHEEL = 0.0015

/**
 * `element` is the surface; `camera` and `look(camera)` read and set what is seen; `tool()` is the tool in hand; `begin` makes
 * gestures; `hover(point or null)` hears where we are.
 */
export function createPointing({ element, camera, look, tool, begin, hover }) {
  const down = new Map() // pointer id -> point on the screen
  let gesture = null
  let holder = null // the pointer whose gesture it is
  let penSeen = false
  let spaced = false

  const onScreen = ({ clientX, clientY }) => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const onPaper = (event) => ({
    ...toPaper(camera(), onScreen(event)),
    press: event.pointerType === 'pen' && event.pressure ? event.pressure : 0.5,
  })

  function toolFor({ pointerType, button }) {
    if (button === 1 || spaced || (penSeen && pointerType === 'touch')) return 'hand'
    return tool()
  }

  function pressed(event) {
    if (event.button > 1 || down.size >= 2) return
    event.preventDefault()
    element.focus({ preventScroll: true })
    if (event.pointerType === 'pen') penSeen = true
    element.setPointerCapture(event.pointerId)
    down.set(event.pointerId, onScreen(event))
    if (down.size === 2) {
      gesture?.abandon()
      gesture = null
      return
    }
    holder = event.pointerId
    gesture = begin(toolFor(event), onPaper(event), event.pointerType)
  }

  function moved(event) {
    if (event.pointerType !== 'touch' || gesture) hover(onPaper(event))
    const was = down.get(event.pointerId)
    if (!was) return
    const is = onScreen(event)
    if (down.size === 2) pinch(event.pointerId, is)
    else if (gesture && event.pointerId === holder) {
      const parts = event.getCoalescedEvents?.() ?? []
      const how = { dx: is.x - was.x, dy: is.y - was.y, even: event.shiftKey }
      if (parts.length > 1 && tool() === 'pen') for (const part of parts) gesture.move(onPaper(part), how)
      else gesture.move(onPaper(event), how)
    }
    down.set(event.pointerId, is)
  }

  function pinch(id, is) {
    const before = [...down.values()]
    const after = [...down].map(([each, at]) => (each === id ? is : at))
    look(pinched(camera(), before, after))
  }

  function lifted(event) {
    if (!down.delete(event.pointerId) || event.pointerId !== holder) return
    if (event.type === 'pointercancel') gesture?.abandon()
    else gesture?.end()
    gesture = null
    if (event.pointerType === 'touch') hover(null)
  }

  function wheeled(event) {
    event.preventDefault()
    const { deltaX, deltaY, ctrlKey, metaKey } = event
    const step = event.deltaMode ? 20 : 1
    if (ctrlKey || metaKey) look(zoomed(camera(), Math.exp(-deltaY * step * WHEEL * 4), onScreen(event)))
    else look(panned(camera(), -deltaX * step, -deltaY * step))
  }

  const space = (event) => {
    if (event.code === 'Space' && event.target === element) spaced = event.type === 'keydown'
  }

  const on = {
    pointerdown: pressed,
    pointermove: moved,
    pointerup: lifted,
    pointercancel: lifted,
    pointerleave: () => hover(null),
    wheel: wheeled,
    keydown: space,
    keyup: space,
    blur: () => (spaced = false),
  }
  for (const [type, handler] of Object.entries(on)) element.addEventListener(type, handler, { passive: false })

  return {
    close() {
      for (const [type, handler] of Object.entries(on)) element.removeEventListener(type, handler)
    },
  }
}
