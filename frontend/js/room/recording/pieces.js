// A recording as it grows: pieces out of the recorder become parts that storage takes. Pure but for the Blobs.

/** Every part but the last has at least `smallest` bytes, as S3 wants it. */
export function createPieces({ smallest, part }) {
  let pieces = []
  let size = 0

  function cut() {
    if (!size) return
    const whole = new Blob(pieces, { type: pieces[0].type })
    pieces = []
    size = 0
    part(whole)
  }

  return {
    add(piece) {
      if (!piece.size) return
      pieces.push(piece)
      size += piece.size
      if (size >= smallest) cut()
    },
    /** The rest, however small. */
    end: cut,
    get size() {
      return size
    },
  }
}

/**
 * Where each picture stands in the recording's own frame: a shared screen large with the faces beside it, else both faces.
 * `shown` says of theirs and ours, {screen, camera}, what there is to see.
 */
export function frames(shown, width, height) {
  const screen = shown.theirs.screen ? 'theirs' : shown.ours.screen ? 'ours' : ''
  const faces = ['theirs', 'ours'].filter((side) => shown[side].camera)
  if (screen) {
    const strip = Math.round(width / 5)
    const face = Math.round((strip * 3) / 4)
    return [
      { side: screen, what: 'screen', x: 0, y: 0, width: faces.length ? width - strip : width, height },
      ...faces.map((side, at) => ({
        side,
        what: 'camera',
        x: width - strip,
        y: at * face,
        width: strip,
        height: face,
      })),
    ]
  }
  const each = Math.round(width / (faces.length || 1))
  return faces.map((side, at) => ({ side, what: 'camera', x: at * each, y: 0, width: each, height }))
}

/** The largest place for a picture inside a frame, in the middle, with its sides as they are. */
export function fitted(frame, picture) {
  if (!picture.width || !picture.height) return null
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  return { x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2, width, height }
}
