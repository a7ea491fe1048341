// One shared text in one editor. It lives in a shadow root: there its styles are constructed sheets, which the page's policy
// allows, and not style elements, which it forbids.
import {
  Compartment,
  EditorState,
  EditorView,
  bracketMatching,
  defaultKeymap,
  drawSelection,
  highlightActiveLine,
  indentOnInput,
  indentUnit,
  indentWithTab,
  keymap,
  lineNumbers,
  placeholder,
  ySyncAnnotation,
  yCollab,
  yUndoManagerKeymap,
} from '../../../vendor/codemirror/editor.js'
import { ownCaret, showCaret, theirCaret } from './carets.js'
import { codeFace, colours, plainFace, theme } from './looks.js'

const BYTES = 3 // at most, of a letter

const ways = {
  notes: () => [plainFace, EditorView.lineWrapping],
  code: () => [
    codeFace,
    lineNumbers(),
    highlightActiveLine(),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    keymap.of([indentWithTab]),
  ],
}

/** How many letters a transaction adds. */
function added({ changes }) {
  let sum = 0
  changes.iterChanges((from, to, fromB, toB, insert) => (sum += Math.max(0, insert.length - (to - from))))
  return sum
}

/**
 * `name` is notes or code; `whole` the shared document; `words` are {label, empty}; `full()` is called when something was
 * refused because there is no room for it.
 */
export function createEditor({ whole, name, host, words, full }) {
  const { Y, document, presence } = whole
  const text = document[name]
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const grammar = new Compartment()
  const history = new Y.UndoManager(text)
  let broken = 0

  const bounded = EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction
    const more = added(transaction)
    if (!more || document.hasRoomFor(more * BYTES)) return transaction
    queueMicrotask(full)
    return []
  })

  const follow = EditorView.updateListener.of(({ selectionSet, docChanged, focusChanged, view }) => {
    if (!selectionSet && !docChanged && !focusChanged) return
    if (view.hasFocus) presence.set({ at: name, caret: ownCaret(Y, text, view.state.selection.main) })
    else if (focusChanged) presence.set({ caret: null })
  })

  const stateNow = () =>
    EditorState.create({
      doc: text.toString(),
      extensions: [
        EditorState.lineSeparator.of('\n'), // a lone return is a letter like any other: both texts stay as long
        theme,
        colours,
        ways[name](),
        drawSelection(),
        placeholder(words.empty),
        EditorView.contentAttributes.of({ 'aria-label': words.label, spellcheck: name === 'notes' ? 'true' : 'false' }),
        grammar.of([]),
        bounded,
        follow,
        theirCaret,
        keymap.of([...yUndoManagerKeymap, ...defaultKeymap]),
        yCollab(text, null, { undoManager: history }),
      ],
    })

  const view = new EditorView({ state: stateNow(), parent: root, root })
  const typed = (event) => event.stopPropagation() // no shortcut of the room is meant by a letter
  host.addEventListener('keydown', typed)

  return {
    text,
    /** The editor and the text are one; should they ever not be, the text is right. */
    check() {
      if (view.state.doc.length === text.length || broken++ > 3) return
      view.setState(stateNow())
    },
    see: (caret, other) => showCaret(view, { Y, text, root: name, caret, name: other }),
    speak(language) {
      view.dispatch({ effects: grammar.reconfigure(language ? [language] : []) })
    },
    focus: () => view.focus(),
    measure: () => view.requestMeasure(),
    close() {
      host.removeEventListener('keydown', typed)
      view.destroy()
      history.destroy()
    },
  }
}
