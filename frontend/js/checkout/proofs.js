// What the gateway handed over when it was paid, kept in this tab until something has come of it: a reload loses nothing, and
// nobody is asked to pay again meanwhile.
const keyOf = (bookingId) => `paid ${bookingId}`

export const proofs = (store) => ({
  keep: (bookingId, proof) => store.setItem(keyOf(bookingId), JSON.stringify(proof)),
  find: (bookingId) => JSON.parse(store.getItem(keyOf(bookingId)) ?? 'null'),
  drop: (bookingId) => store.removeItem(keyOf(bookingId)),
})
