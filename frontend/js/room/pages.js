// Which page of the other person is the present one; each has an id of its own, and words of past ones are late.

export function createPages() {
  const past = new Set()
  let present = null
  let out = false
  return {
    get known() {
      return present !== null
    },
    isPresent: (sid) => sid === present,
    isPast: (sid) => past.has(sid),
    /** Nothing is taken from them: a page of the past, or one that was put out and that the server has not let in since. */
    isBarred: (sid) => out || past.has(sid),
    putOut: () => (out = true),
    letIn: () => (out = false),
    /** True if this is another page than before. */
    turn(sid) {
      if (sid === present) return false
      if (present) past.add(present)
      past.delete(sid)
      present = sid
      return true
    },
    forget: () => (present = null),
  }
}
