// Images on the board: files of the session, by their ids. Each is fetched once, and again while it is still being checked.
import { storage, upload } from '../../../api.js'
import { t } from '../../../i18n.js'

export const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
export const LARGEST = 25 * 1024 * 1024
const AGAIN_MS = [1500, 3000, 6000, 12_000, 30_000]

/** `changed(material)` hears that an image came, or will not. */
export function createPictures({ room, changed, http = storage, send = upload, timers = globalThis }) {
  const held = new Map() // material -> {state: waiting, ready or failed, url, blob, tries}
  const path = `/sessions/${room.id}/materials`
  const off = room.hear('things', ({ what }) => what === 'materials' && again())
  let closed = false

  function become(material, change) {
    Object.assign(held.get(material), change)
    changed(material)
  }

  async function fetchOne(material) {
    const one = held.get(material)
    timers.clearTimeout(one.due)
    try {
      const { url } = await room.api.get(`${path}/${material}/link`)
      const answer = await http(url, { credentials: 'omit' })
      const blob = answer.ok ? await answer.blob() : null
      if (!blob || !TYPES.includes(blob.type)) throw new Error('not an image')
      if (!closed) become(material, { state: 'ready', blob, url: URL.createObjectURL(blob) })
    } catch {
      if (closed) return
      if (one.tries < AGAIN_MS.length) one.due = timers.setTimeout(() => fetchOne(material), AGAIN_MS[one.tries++])
      else become(material, { state: 'failed' })
    }
  }

  function again() {
    for (const [material, one] of held) if (one.state !== 'ready') fetchOne(material)
  }

  return {
    of(material) {
      if (!held.has(material)) {
        held.set(material, { state: 'waiting', url: '', blob: null, tries: 0, due: null })
        fetchOne(material)
      }
      const { state, url } = held.get(material)
      return { state, url, words: state === 'failed' ? t('room.board.image.failed') : t('room.board.image.waiting') }
    },
    blob: (material) => held.get(material)?.blob ?? null,
    /** Send a file; {material, width, height}. Rejects with words for what cannot be taken. */
    async add(file, onProgress = () => {}) {
      if (!TYPES.includes(file.type)) throw new Error(t('room.board.image.type'))
      if (file.size > LARGEST) throw new Error(t('room.board.image.large'))
      const { width, height } = await sizeOf(file)
      const name = file.name || `image.${file.type.split('/')[1]}`
      const asked = { name, content_type: file.type, size: file.size, kind: 'board' }
      const { id, url, fields } = await room.api.post(path, asked)
      await send({ url, fields }, file, onProgress)
      held.set(id, { state: 'ready', url: URL.createObjectURL(file), blob: file, tries: 0, due: null })
      return { material: id, width, height }
    },
    close() {
      closed = true
      off()
      for (const { url, due } of held.values()) {
        timers.clearTimeout(due)
        if (url) URL.revokeObjectURL(url)
      }
    },
  }
}

async function sizeOf(file) {
  try {
    const bitmap = await createImageBitmap(file)
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch {
    throw new Error(t('room.board.image.type'))
  }
}
