// Files in the chat: they go to the session's materials, and a message says which and how it stands with it.
import { upload } from '../../api.js'
import { t } from '../../i18n.js'
import { isAwaited, wrongWith } from '../../lesson/files.js'
import { reasonOf } from '../../lesson/refusals.js'

const AGAIN_MS = 2500 // until a file that is being inspected is looked for again
const GONE = Object.freeze({ state: 'gone', reason: null })

/** What a component with `items` needs for it; `post(what)` sends the message. */
export function createFiles({ room, failed, timers = globalThis }) {
  const place = `/sessions/${room.id}/materials`
  let known = null // material -> {state: waiting, ready or refused, reason}
  let looking = false
  let timer = null

  return {
    sendingFile: '', // words of how far it is; empty when there is none
    files: {}, // of each message with a file: words why it cannot be had, or none

    async attach(event) {
      const [file] = event.target.files
      event.target.value = ''
      if (!file || this.sendingFile) return
      const wrong = wrongWith(file)
      if (wrong) return failed(new Error(wrong))
      const say = (part) => {
        this.sendingFile = t('room.chat.sending_file', { name: file.name, percent: Math.round(part * 100) })
      }
      say(0)
      try {
        const about = { name: file.name, content_type: file.type.slice(0, 200), size: file.size }
        const { id, ...target } = await room.api.post(place, about, { quiet: true })
        await upload(target, file, say)
        this.post({ text: file.name, material_id: id })
      } catch (error) {
        failed(new Error(reasonOf(error)))
      }
      this.sendingFile = ''
    },

    followFiles() {
      return [
        room.hear('things', ({ what }) => what === 'materials' && this.lookAtFiles(true)),
        () => timers.clearTimeout(timer),
      ]
    },
    /** How it stands with them, if there are any that we know nothing of, or `anew`. */
    async lookAtFiles(anew = false) {
      const mentioned = this.items.filter(({ material, state }) => material && state === 'sent')
      if (looking || !mentioned.some(({ material }) => anew || !known?.has(material))) return this.sayOfFiles()
      looking = true
      timers.clearTimeout(timer)
      try {
        const { items } = await room.api.get(place, {}, { quiet: true })
        const gone = mentioned.map(({ material }) => [material, GONE])
        known = new Map([...gone, ...items.map(({ id, ...how }) => [id, how])])
        if (isAwaited(items)) timer = timers.setTimeout(() => this.lookAtFiles(true), AGAIN_MS)
      } catch {
        // Whoever opens one is told.
      }
      looking = false
      this.sayOfFiles()
    },
    sayOfFiles() {
      const words = { waiting: t('files.checking'), gone: t('room.chat.file_gone') }
      const said = ({ state, reason }) => (state === 'refused' ? reason : (words[state] ?? ''))
      this.files = Object.fromEntries([...(known ?? [])].map(([id, how]) => [id, said(how)]))
    },

    async openFile(item) {
      try {
        const { url } = await room.api.get(`${place}/${item.material}/link`, {}, { quiet: true })
        Object.assign(document.createElement('a'), { href: url, download: item.text, rel: 'noopener' }).click()
      } catch (error) {
        failed(error)
        this.lookAtFiles(true)
      }
    },
  }
}
