// The chat as one page knows it: what the server has, what is still on its way, and what the other has seen. Pure.

/** Of each message: id, by (mentor or learner), text, at, material (its id), state (sending, sent or failed) and words of a failure. */
export const empty = Object.freeze({ messages: [], seen: '', heard: '' })

const byId = (one, other) => (one.id < other.id ? -1 : 1)

/** By the server's clock, for what was held up on its way is new to the other; what is not sent yet comes last. */
function byTime(one, other) {
  const [earlier, later] = [one, other].map(({ state, at }) => (state === 'sent' ? Date.parse(at) : Infinity))
  return earlier === later ? byId(one, other) : earlier - later
}

/** Messages known now, each once; what the server says of one replaces what we thought. */
export function merged(log, found) {
  const all = new Map(log.messages.map((each) => [each.id, each]))
  for (const each of found) all.set(each.id, { material: null, words: '', ...each, state: 'sent' })
  return { ...log, messages: [...all.values()].sort(byTime) }
}

/** A message of ours that the server has not got yet. */
export function begun(log, message) {
  const mine = { at: '', material: null, words: '', ...message, state: 'sending' }
  return { ...log, messages: [...log.messages.filter(({ id }) => id !== mine.id), mine].sort(byTime) }
}

export function changed(log, id, change) {
  const messages = log.messages.map((each) => (each.id === id ? { ...each, ...change } : each))
  return { ...log, messages: messages.sort(byTime) }
}

export const without = (log, id) => ({ ...log, messages: log.messages.filter((each) => each.id !== id) })

/** The other has seen everything up to this one; word of it may come late. */
export const seenUntil = (log, id) => (id > log.seen ? { ...log, seen: id } : log)

/** We have: what came later is unread. */
export const heardUntil = (log, id) => (id > log.heard ? { ...log, heard: id } : log)

const theirs = (log, role) => log.messages.filter(({ by }) => by !== role)

export const newest = (log, role) => theirs(log, role).reduce((last, { id }) => (id > last ? id : last), '')
export const unread = (log, role) => theirs(log, role).filter(({ id }) => id > log.heard).length

/** sending | sent | seen | failed of a message of ours. */
export const delivery = (log, { id, state }) => (state === 'sent' && id <= log.seen ? 'seen' : state)
