// Which page of the other person is the present one; each has an id of its own, and words of past ones are late.

export function createPages() {
  const past = new Set()
  let present = null
  return {
    get known() {
      return present !== null
    },
    isPresent: (sid) => sid === present,
    isPast: (sid) => past.has(sid),
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
