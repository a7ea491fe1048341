// Which notifications this browser has shown as they came: each is shown once, however often it is told and in how many tabs.
const KEPT = 50
const KEY = 'notifications_told'

export function createTold(storage) {
  let mine = [] // where storage is closed to us, this tab has its own

  function ids() {
    try {
      return JSON.parse(storage().getItem(KEY) ?? '[]')
    } catch {
      return mine
    }
  }

  // True the first time.
  return function first(id) {
    const known = ids()
    if (known.includes(id)) return false
    mine = [...known, id].slice(-KEPT)
    try {
      storage().setItem(KEY, JSON.stringify(mine))
    } catch {
      // It is remembered until the page is left.
    }
    return true
  }
}
