// Both pictures and both voices in one stream, for the recorder.
import { fitted, frames } from './pieces.js'

const WIDTH = 1280
const HEIGHT = 720
const FPS = 20

/** `tracks()` gives {theirs, ours}, each with audio, camera, screen and sound; `shown()` what of them is to be seen. */
export function createMixer({ Context, page, tracks, shown, timers = globalThis }) {
  const canvas = Object.assign(page.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const pen = canvas.getContext('2d', { alpha: false })
  const context = new Context()
  const voices = context.createMediaStreamDestination()
  const videos = new Map() // of each side and kind: the element that plays it
  const heard = new Map() // track -> its source
  let timer = null

  function video(side, what) {
    const key = `${side}-${what}`
    const track = tracks()[side]?.[what]
    const known = videos.get(key)
    if (known?.track === track) return known.element
    if (!track) return null
    const element = Object.assign(page.createElement('video'), { muted: true, playsInline: true })
    element.srcObject = new MediaStream([track])
    element.play().catch(() => {})
    videos.set(key, { track, element })
    return element
  }

  function listen() {
    const all = ['theirs', 'ours'].flatMap((side) => ['audio', 'sound'].map((kind) => tracks()[side]?.[kind]))
    const now = new Set(all.filter((track) => track?.readyState === 'live'))
    for (const [track, source] of heard) {
      if (now.has(track)) continue
      source.disconnect()
      heard.delete(track)
    }
    for (const track of now) {
      if (heard.has(track)) continue
      const source = context.createMediaStreamSource(new MediaStream([track]))
      source.connect(voices)
      heard.set(track, source)
    }
  }

  function draw() {
    listen()
    pen.fillStyle = '#0b1020'
    pen.fillRect(0, 0, WIDTH, HEIGHT)
    for (const frame of frames(shown(), WIDTH, HEIGHT)) {
      const element = video(frame.side, frame.what)
      if (!element) continue
      const place = fitted(frame, { width: element.videoWidth, height: element.videoHeight })
      if (place) pen.drawImage(element, place.x, place.y, place.width, place.height)
    }
  }

  draw()
  timer = timers.setInterval(draw, 1000 / FPS)
  context.resume?.()

  return {
    stream: new MediaStream([...canvas.captureStream(FPS).getVideoTracks(), ...voices.stream.getAudioTracks()]),
    close() {
      timers.clearInterval(timer)
      for (const { element } of videos.values()) element.srcObject = null
      context.close()
    },
  }
}
