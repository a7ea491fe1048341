// How the editors look: on the room's dark stage, in its colours.
import { EditorView, HighlightStyle, syntaxHighlighting, tags } from '../../../vendor/codemirror/editor.js'

const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'

export const theme = EditorView.theme(
  {
    '&': { height: '100%', color: '#eef2ff', backgroundColor: '#0b1020', fontSize: '0.95rem' },
    '&.cm-focused': { outline: 'none' }, // what holds the editor shows it
    '.cm-scroller': { lineHeight: '1.6', overflow: 'auto' },
    '.cm-content': { caretColor: '#fbbf24', padding: '0.75rem 0' },
    '.cm-line': { padding: '0 0.75rem' },
    '.cm-cursor': { borderLeftColor: '#fbbf24', borderLeftWidth: '2px' },
    '.cm-placeholder': { color: '#b0bcd9' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: '#2d3a5e',
    },
    '.cm-activeLine': { backgroundColor: 'rgb(45 58 94 / 0.35)' },
    '.cm-gutters': { backgroundColor: '#0b1020', color: '#8f9cc0', border: 'none' },
    '.cm-activeLineGutter': { backgroundColor: '#1a2340', color: '#eef2ff' },
    '.cm-their-selection': { backgroundColor: 'rgb(134 224 168 / 0.28)' },
    '.cm-their-caret': {
      position: 'relative',
      borderLeft: '2px solid #86e0a8',
      marginLeft: '-1px',
      marginRight: '-1px',
      pointerEvents: 'none',
    },
    '.cm-their-name': {
      position: 'absolute',
      top: '1.45em',
      left: '-2px',
      zIndex: '5',
      padding: '0 0.35em',
      borderRadius: '0 0.3em 0.3em 0.3em',
      backgroundColor: '#86e0a8',
      color: '#0b1020',
      font: '600 0.7rem/1.5 Inter, system-ui, sans-serif',
      whiteSpace: 'nowrap',
    },
  },
  { dark: true },
)

const faces = (fontFamily) => EditorView.theme({ '.cm-scroller': { fontFamily } }, { dark: true })
export const plainFace = faces('inherit')
export const codeFace = faces(mono)

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: '#c4a7ff' },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: '#86e0a8' },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: '#fbbf24' },
    { tag: [tags.comment, tags.meta], color: '#9aa7cb', fontStyle: 'italic' },
    { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: '#8ec5ff' },
    { tag: [tags.typeName, tags.className, tags.tagName], color: '#7fd6e8' },
    { tag: [tags.attributeName, tags.propertyName], color: '#ffc9a3' },
    { tag: tags.heading, color: '#ffffff', fontWeight: '700' },
    { tag: tags.strong, fontWeight: '700' },
    { tag: tags.emphasis, fontStyle: 'italic' },
    { tag: [tags.link, tags.url], color: '#a8beff' },
    { tag: tags.invalid, color: '#ffa79f' },
  ]),
)
