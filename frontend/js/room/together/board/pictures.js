// Images on the board: files of the session, by their ids. Each is fetched once, and again while it is still being checked.
import { storage, upload } from '../../../api.js'
import { t } from '../../../i18n.js'

export const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
export const LARGEST = 25 * 1024 * 1024
const MOST = 60 // a session has fifty files: more are only claimed
const LONGEST_SIDE = 2048 // pixels: as sharp as the board is ever looked at
const LONGEST_NAME = 100
const QUIET = { quiet: true } // a call is not left because a session has lapsed
const AGAIN_MS = [1500, 3000, 6000, 12_000, 30_000]

/** `changed(material)` hears that an image came, or will not. */
export function createPictures({ room, changed, http = storage, send = upload, draw = asPng, timers = globalThis }) {
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
      const { url } = await room.api.get(`${path}/${material}/link`, {}, QUIET)
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
      if (!held.has(material) && held.size >= MOST)
        return { state: 'failed', url: '', words: t('room.board.image.failed') }
      if (!held.has(material)) {
        held.set(material, { state: 'waiting', url: '', blob: null, tries: 0, due: null })
        fetchOne(material)
      }
      const { state, url } = held.get(material)
      return { state, url, words: state === 'failed' ? t('room.board.image.failed') : t('room.board.image.waiting') }
    },
    blob: (material) => held.get(material)?.blob ?? null,
    /** Send a file, made a PNG: no other is taken; {material, width, height}. Rejects with words for what cannot be taken. */
    async add(file, onProgress = () => {}) {
      if (!TYPES.includes(file.type)) throw new Error(t('room.board.image.type'))
      if (file.size > LARGEST) throw new Error(t('room.board.image.large'))
      const { blob, width, height } = await draw(file)
      const asked = { name: pngName(file.name), content_type: blob.type, size: blob.size, kind: 'board' }
      const { id, url, fields } = await room.api.post(path, asked, QUIET)
      await send({ url, fields }, blob, onProgress)
      held.set(id, { state: 'ready', url: URL.createObjectURL(blob), blob, tries: 0, due: null })
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

const pngName = (name = '') => `${name.replace(/\.\w*$/, '').slice(0, LONGEST_NAME) || 'image'}.png`

/** Its pixels alone, upright, and no more of them than are looked at. */
async function asPng(file) {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) throw new Error(t('room.board.image.type'))
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)))
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d').drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error(t('room.board.image.type'))
  return { blob, width, height }
}
