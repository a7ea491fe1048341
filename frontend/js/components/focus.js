// Moves the focus to something that is only about to be shown.

const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

// Alpine reveals in the next frame, so that one is waited for. The first of the named places (x-ref) that can be seen
// gets the focus. `root` is the component's own element: $refs are lost to a button that the change has removed.
export async function focusSoon(root, ...names) {
  await soon()
  const found = names.map((name) => root.querySelector(`[x-ref="${name}"]`))
  found.find((each) => each?.checkVisibility())?.focus()
}

// The last of several alike: a row that has just been added.
export async function focusLast(root, selector) {
  await soon()
  ;[...root.querySelectorAll(selector)].at(-1)?.focus()
}
