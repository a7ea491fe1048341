// The messages of one thread as they are shown: what came from the server, in its order, and what is still on its way.
// Pure.
import { dateIn } from '../time.js'

const byNumber = (one, other) => one.number - other.number

// `messages` with `fresh` ones of the server's in their places; each stands once, by its id or its sender's key.
export function merged(messages, fresh) {
  const arrived = new Map(messages.filter(({ number }) => number).map((each) => [each.id, each]))
  for (const each of fresh) arrived.set(each.id, each)
  const keys = new Set([...arrived.values()].map(({ key }) => key))
  const waiting = messages.filter(({ number, key }) => !number && !keys.has(key))
  return [...[...arrived.values()].sort(byNumber), ...waiting]
}

// A message on its way: `state` is sending or failed.
export const sending = (key, text, me, at) => ({ id: key, key, by: me, text, at, state: 'sending' })

export const changed = (messages, key, values) =>
  messages.map((each) => (each.key === key && !each.number ? { ...each, ...values } : each))

export const without = (messages, key) => messages.filter((each) => each.key !== key || each.number)

// sending -> sent -> seen, or failed.
export function delivery(message, seenByOther) {
  if (!message.number) return message.state
  return message.nth <= seenByOther ? 'seen' : 'sent'
}

// How many of the other's messages there are here: the number of the last one.
export const received = (messages, me) =>
  messages.reduce((most, { by, nth }) => (by !== me && nth > most ? nth : most), 0)

// A message may have been missed between those shown and this one.
export function isGap(messages, message) {
  const last = messages.findLast(({ number }) => number)
  return Boolean(last) && message.number > last.number + 1
}

// The rows of the list: each message, whether a new day begins with it, whether it is the first unread one, whether it
// goes with the one before, and whether it is the last of its sender that says how far it got.
export function rows(messages, { me, zone, unreadFrom, seenByOther }) {
  const own = messages.filter(({ by }) => by === me)
  const lastSeen = own.findLast((each) => delivery(each, seenByOther) === 'seen')
  return messages.map((message, at) => {
    const before = messages[at - 1]
    const newDay = !before || dateIn(zone, new Date(before.at)) !== dateIn(zone, new Date(message.at))
    const mine = message.by === me
    const how = mine ? delivery(message, seenByOther) : ''
    const told = how === 'seen' ? message === lastSeen : how !== 'sent' || message === own.at(-1)
    const unread = !mine && message.nth === unreadFrom
    return {
      ...message,
      mine,
      newDay,
      unread,
      follows: !newDay && !unread && before.by === message.by,
      how: told ? how : '',
    }
  })
}
