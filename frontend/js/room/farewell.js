// Somebody is said to have left, or only to have lost the socket: believed once nothing more is heard of them.

/** `heard()` resolves to whether anything still comes from them. */
export function createFarewell({ heard }) {
  let count = 0
  return {
    /** They are there: what was said of their leaving is late. */
    unsay: () => count++,
    async meant() {
      const mine = ++count
      return !(await heard()) && mine === count
    },
  }
}
