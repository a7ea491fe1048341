// Where the other's caret and selection are, in our editor.
import { Decoration, EditorView, StateEffect, StateField, WidgetType } from '../../../vendor/codemirror/editor.js'

const seen = StateEffect.define()

class Caret extends WidgetType {
  constructor(name) {
    super()
    this.name = name
  }
  eq(other) {
    return other.name === this.name
  }
  toDOM() {
    const caret = document.createElement('span')
    caret.className = 'cm-their-caret'
    caret.setAttribute('aria-hidden', 'true')
    const flag = document.createElement('span')
    flag.className = 'cm-their-name'
    flag.textContent = this.name
    caret.append(flag)
    return caret
  }
  ignoreEvent() {
    return true
  }
}

const selected = Decoration.mark({ class: 'cm-their-selection' })

function marks({ anchor, head, name }) {
  const [from, to] = anchor < head ? [anchor, head] : [head, anchor]
  const caret = Decoration.widget({ widget: new Caret(name), side: head < anchor ? -1 : 1 }).range(head)
  return Decoration.set(from === to ? [caret] : [selected.range(from, to), caret], true)
}

const field = StateField.define({
  create: () => Decoration.none,
  update(shown, transaction) {
    const effect = transaction.effects.find((each) => each.is(seen))
    if (effect) return effect.value ? marks(effect.value) : Decoration.none
    return shown.map(transaction.changes)
  },
  provide: (self) => EditorView.decorations.from(self),
})

export const theirCaret = field

/** A position that the other gave, as an index; null for what is none in this text. */
function indexOf(Y, text, name, given) {
  if (typeof given !== 'object' || given === null || given.type || (given.tname && given.tname !== name)) return null
  try {
    const position = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(given), text.doc)
    return position?.type === text ? Math.min(position.index, text.length) : null
  } catch {
    return null
  }
}

/** Show `caret` ({anchor, head}, or null) of whoever is called `name`. */
export function showCaret(view, { Y, text, root, caret, name }) {
  const [anchor, head] = [caret?.anchor, caret?.head].map((each) => (caret ? indexOf(Y, text, root, each) : null))
  const known = anchor !== null && head !== null && Math.max(anchor, head) <= view.state.doc.length
  view.dispatch({ effects: seen.of(known ? { anchor, head, name } : null) })
}

/** Our own, in words that hold while the text changes. */
export function ownCaret(Y, text, { anchor, head }) {
  const [from, to] = [anchor, head].map((at) => Y.createRelativePositionFromTypeIndex(text, at))
  return { anchor: from, head: to }
}
