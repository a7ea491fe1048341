// What a refusal means for the things of a session. Pure.

const NONE = new Set([403, 404, 409])

// There are none here; anything else is no more than that they could not be fetched.
export const isNone = ({ status }) => NONE.has(status)

// Why something was not taken: the words about one of its fields say more than those about the whole.
export const reasonOf = ({ fields = {}, message }) => Object.values(fields)[0] ?? message
