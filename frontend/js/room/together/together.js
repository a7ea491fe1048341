// The little of the shared document that every call has: who listens on the line, and what fetches the rest when it is wanted.
import { createBus } from '../bus.js'
import { inRoom } from '../state.js'
import { createKeep } from './keep.js'

const made = new WeakMap()

/** One for all panels of a page. */
export function togetherOf(room) {
  if (!made.has(room)) made.set(room, createTogether({ room }))
  return made.get(room)
}

/** `load` fetches the module of the document itself. */
export function createTogether({ room, load = () => import('./whole.js'), keepFor = createKeep, page = globalThis }) {
  const bus = createBus()
  let whole = null
  let opening = null
  let channel = null
  let entered = false
  let talking = false

  async function make() {
    const { createWhole } = await load()
    whole = createWhole({ room, side: room.state.entry.role, tell: bus.tell })
    whole.load()
    use()
    page.addEventListener?.('pagehide', whole.leaving)
    page.addEventListener?.('online', whole.hurry)
    page.document?.addEventListener('visibilitychange', flush)
    return whole
  }

  const open = () => (opening ??= make().catch((error) => ((opening = null), Promise.reject(error))))
  const flush = () => page.document?.visibilityState === 'hidden' && whole?.save().catch(() => {})
  const wanted = () => open().catch(() => {}) // whoever opens a panel is told why it does not open

  function use() {
    channel?.removeEventListener('message', wanted)
    if (whole) whole.use(channel)
    else channel?.addEventListener('message', wanted)
  }

  function follow(state) {
    if (inRoom(state) && !entered) recover(state)
    if (!inRoom(state) && entered) whole?.out()
    if (state.phase !== 'in-call' && talking) whole?.alone(!state.peer.here)
    entered = inRoom(state)
    talking = state.phase === 'in-call'
  }

  /** What an earlier page of ours could not save is saved now. */
  async function recover({ entry }) {
    if (!whole && (await keepFor(`${room.id}:${entry.role}`).read())) wanted()
  }

  const offs = [
    room.on('line', (next) => {
      channel?.removeEventListener('message', wanted)
      channel = next
      use()
    }),
    room.on('state', follow),
  ]

  return {
    on: bus.on,
    open,
    get whole() {
      return whole
    },
    close() {
      for (const off of offs.splice(0)) off()
      page.removeEventListener?.('pagehide', whole?.leaving)
      page.removeEventListener?.('online', whole?.hurry)
      page.document?.removeEventListener('visibilitychange', flush)
      whole?.close()
    },
  }
}
