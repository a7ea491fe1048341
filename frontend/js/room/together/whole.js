// All of the shared document, loaded when somebody first has use for it.
import * as Y from '../../../vendor/yjs/yjs.js'
import { storage } from '../../api.js'
import { inRoom } from '../state.js'
import { createDocument } from './document.js'
import { createKeep } from './keep.js'
import { createPresence } from './presence.js'
import { createSaving } from './saving.js'
import { createShelf } from './shelf.js'
import { createSync } from './sync.js'

const LOOK_MS = 15_000

/** `room` gives {id, api, state}, `side` is ours; `tell` is a bus's. Told: line(word), theirs(presence), state(word), fullness(word), refused, changed. */
export function createWhole({ room, side, tell, http = storage, timers = globalThis }) {
  const heard = { line: 'none', theirs: null, state: 'saved', fullness: 'fine', loaded: false }
  const learn = (name) => (word) => {
    heard[name] = word
    tell(name, word)
  }

  const document = createDocument({ Y, news: { changed, fullness: learn('fullness') } })
  const presence = createPresence({ send: (bytes) => sync.tell(bytes), news: learn('theirs'), timers })
  const sync = createSync({ document, presence, news: { line: learn('line') }, timers })
  const shelf = createShelf({ api: room.api, id: room.id, side, http })
  const saving = createSaving({
    document,
    shelf,
    keep: createKeep(`${room.id}:${side}`),
    news: { state: learn('state'), loaded: () => learn('loaded')(true), refused: () => tell('refused') },
    timers,
  })

  function changed(update, origin) {
    sync.changed(update, origin)
    saving.changed(origin)
    tell('changed', origin)
  }

  const inTouch = () => heard.line === 'open' && room.state.phase === 'in-call'
  const looking = timers.setInterval(() => inRoom(room.state) && !inTouch() && saving.look(), LOOK_MS)

  return {
    Y,
    document,
    presence,
    /** What was last told of each thing. */
    heard,
    load: saving.load,
    use: sync.use,
    save: saving.save,
    hurry: saving.hurry,
    /** The two no longer hear each other; `gone`, nobody is there. */
    alone(gone) {
      saving.alone()
      if (gone) presence.lost()
    },
    /** Out of the room, where another page of ours may be. */
    out() {
      saving.doubt()
      saving.save().catch(() => {})
    },
    leaving: saving.leaving,
    close() {
      timers.clearInterval(looking)
      sync.close()
      presence.close()
      saving.close()
      document.close()
    },
  }
}
