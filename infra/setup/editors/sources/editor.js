// The editor itself, bound to a shared text.
export { defaultKeymap, indentWithTab } from '@codemirror/commands'
export { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
export { Annotation, Compartment, EditorState, StateEffect, StateField } from '@codemirror/state'
export {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  drawSelection,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view'
export { tags } from '@lezer/highlight'
export { ySyncAnnotation, yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
