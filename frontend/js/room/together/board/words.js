// The board in words, for whoever does not see it.
import { t, tn } from '../../../i18n.js'

const SHOWN = 60
const COUNTED = ['pen', 'line', 'arrow', 'rect', 'ellipse', 'image']

const short = (text) => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line
}

export const shapeWords = (shape) =>
  shape.kind === 'text'
    ? t('room.board.shape.text', { text: short(shape.text) })
    : t('room.board.shape', { ink: t(`room.board.ink.${shape.ink}`), kind: t(`room.board.kind.${shape.kind}`) })

const counts = {
  pen: (count) => tn('room.board.count.pen', count),
  line: (count) => tn('room.board.count.line', count),
  arrow: (count) => tn('room.board.count.arrow', count),
  rect: (count) => tn('room.board.count.rect', count),
  ellipse: (count) => tn('room.board.count.ellipse', count),
  image: (count) => tn('room.board.count.image', count),
}

/** "Page 1: 3 strokes, text “x”". */
export function pageWords(number, shapes) {
  const counted = COUNTED.map((kind) => [kind, shapes.filter((shape) => shape.kind === kind).length])
  const parts = counted.filter(([, count]) => count).map(([kind, count]) => counts[kind](count))
  const texts = shapes.filter(({ kind }) => kind === 'text').map(shapeWords)
  const what = [...parts, ...texts.slice(0, 20)].join(', ')
  return t('room.board.page_words', { number, what: what || t('room.board.nothing') })
}
