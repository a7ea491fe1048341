// One-letter shortcuts that stay out of the way of typing, and can be switched off.

// In a panel too, wherever its focus is: whoever opens one and writes at once means none of the room's deeds.
const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), dialog[open], [data-panel]'

/** `actions` maps a letter to what it does; `on()` says whether they are wanted. Returns the remover. */
export function shortcuts(target, actions, on = () => true) {
  function pressed(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest?.(TYPING)) return
    const action = actions[event.key.toLowerCase()]
    if (!action || !on()) return
    event.preventDefault() // where a letter opens a field, it does not land in it
    action()
  }
  target.addEventListener('keydown', pressed)
  return () => target.removeEventListener('keydown', pressed)
}
