// What the other page sends is read before it is believed: a change that no page of ours could have made is not taken.

const MOST_TEXT = 4000 // in one value of the board
const TEXTS = new Set(['notes', 'code'])
const LISTS = new Set(['board', 'pages'])
const MAPS = new Set(['facts'])

const isRoot = (name) => TEXTS.has(name) || LISTS.has(name) || MAPS.has(name)

/** `fine`, `gap` if it leans on what is not here, or `refused`. `Y` is Yjs. */
export function judge(Y, doc, update) {
  let structs
  let deleted
  try {
    ;({ structs, ds: deleted } = Y.decodeUpdate(update))
  } catch {
    return 'refused'
  }
  if (hasNothing(structs, deleted)) return 'refused'
  const places = createPlaces(Y, doc, structs)
  for (const struct of structs) {
    if (struct instanceof Y.GC) continue
    if (!(struct instanceof Y.Item)) return 'gap'
    const place = places.of(struct)
    if (place === 'gap' || place === 'refused') return place
    if (!fits(Y, struct, place)) return 'refused'
  }
  return 'fine'
}

/** Something of no length: a document that has it is one that nobody can read again. */
function hasNothing(structs, deleted) {
  const ranges = [...deleted.clients.values()].flat()
  return structs.some(({ length }) => length < 1) || ranges.some(({ len }) => len < 1)
}

function fits(Y, { content, parentSub }, place) {
  if (content instanceof Y.ContentDeleted || place === 'gone') return true
  if (TEXTS.has(place)) return content instanceof Y.ContentString && parentSub === null
  if (place === 'pages') return content instanceof Y.ContentAny && parentSub === null && content.arr.every(isShort)
  if (place === 'board') return content instanceof Y.ContentType && content.type instanceof Y.Map && parentSub === null
  if (content instanceof Y.ContentAny) return content.arr.every(isPlain)
  return place === 'shape' && content instanceof Y.ContentType && content.type instanceof Y.Array
}

const isShort = (value) => typeof value === 'string' && value.length <= 64

function isPlain(value) {
  if (typeof value === 'string') return value.length <= MOST_TEXT
  return typeof value === 'number' || typeof value === 'boolean' || value === null
}

/** Where in the document an item of an update would come to be: a root's name, `shape`, a `list` of one, `gone`, `gap` or `refused`. */
function createPlaces(Y, doc, structs) {
  const known = new Map() // item -> place
  const byClient = Map.groupBy ? Map.groupBy(structs, ({ id }) => id.client) : grouped(structs)

  function find({ client, clock }) {
    const list = byClient.get(client) ?? []
    let [low, high] = [0, list.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const { id, length } = list[middle]
      if (clock < id.clock) high = middle - 1
      else if (clock >= id.clock + length) low = middle + 1
      else return list[middle]
    }
    return null
  }

  function inStore(id) {
    const have = doc.store.clients.get(id.client)
    const last = have?.at(-1)
    if (!last || id.clock >= last.id.clock + last.length) return 'gap'
    const struct = Y.getItem(doc.store, id)
    if (!(struct instanceof Y.Item) || !struct.parent) return 'gone'
    return rootName(struct.parent)
  }

  function within(item) {
    if (!(item?.content instanceof Y.ContentType)) return 'gone'
    return item.content.type instanceof Y.Map ? 'shape' : 'list'
  }

  function rootName(type) {
    if (type._item) return within(type._item)
    return [...TEXTS, ...LISTS, ...MAPS].find((name) => doc.share.get(name) === type) ?? 'refused'
  }

  /** Its place, or the item in the same update whose place it shares. */
  function look(item) {
    if (typeof item.parent === 'string') return isRoot(item.parent) ? item.parent : 'refused'
    if (item.parent) {
      const holder = find(item.parent)
      if (holder) return within(holder)
      return inStore(item.parent) === 'gap' ? 'gap' : within(Y.getItem(doc.store, item.parent))
    }
    const beside = item.origin ?? item.rightOrigin
    if (!beside) return 'refused'
    const neighbour = find(beside)
    if (!neighbour) return inStore(beside)
    return neighbour instanceof Y.Item ? neighbour : 'gone'
  }

  return {
    of(item) {
      const path = new Set()
      let place = item
      while (typeof place !== 'string') {
        if (path.has(place)) return 'refused' // each beside the other
        path.add(place)
        place = known.get(place) ?? look(place)
      }
      for (const each of path) known.set(each, place)
      return place
    },
  }
}

function grouped(structs) {
  const groups = new Map()
  for (const struct of structs) {
    const { client } = struct.id
    if (!groups.has(client)) groups.set(client, [])
    groups.get(client).push(struct)
  }
  return groups
}
