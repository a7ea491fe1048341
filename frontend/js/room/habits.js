// What a person chose, kept for their next visit; storage may be closed to us, or hold what is no JSON.

/** `storage()` gives localStorage or sessionStorage, or throws. */
export function createHabits({ storage, key }) {
  function read() {
    try {
      const found = JSON.parse(storage().getItem(key) ?? 'null')
      return found && typeof found === 'object' ? found : null
    } catch {
      return null
    }
  }

  function quietly(work) {
    try {
      work(storage())
    } catch {
      // They choose again next time.
    }
  }

  return {
    read,
    keep: (value) => quietly((kept) => kept.setItem(key, JSON.stringify(value))),
    /** Some of it anew, the rest as it was. */
    change: (some) => quietly((kept) => kept.setItem(key, JSON.stringify({ ...read(), ...some }))),
    forget: () => quietly((kept) => kept.removeItem(key)),
  }
}
