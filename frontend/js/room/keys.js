// One-letter shortcuts that stay out of the way of typing.

const TYPING = 'input, textarea, select, [contenteditable], dialog[open] *'

/** `actions` maps a letter to what it does; returns the remover. */
export function shortcuts(target, actions) {
  function pressed(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest?.(TYPING)) return
    actions[event.key.toLowerCase()]?.()
  }
  target.addEventListener('keydown', pressed)
  return () => target.removeEventListener('keydown', pressed)
}
