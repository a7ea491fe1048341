// Files in the chat: they go to the session's materials, and a message says which.
import { upload } from '../../api.js'
import { t } from '../../i18n.js'

/** What a component needs for it; `post(what)` sends the message. */
export const createFiles = ({ room, failed }) => ({
  sendingFile: '', // words of how far it is; empty when there is none

  async attach(event) {
    const [file] = event.target.files
    event.target.value = ''
    if (!file || this.sendingFile) return
    const say = (part) => {
      this.sendingFile = t('room.chat.sending_file', { name: file.name, percent: Math.round(part * 100) })
    }
    say(0)
    try {
      const about = { name: file.name, content_type: file.type || 'application/octet-stream', size: file.size }
      const { id, ...target } = await room.api.post(`/sessions/${room.id}/materials`, about, { quiet: true })
      await upload(target, file, say)
      this.post({ text: file.name, material_id: id })
    } catch (error) {
      failed(error)
    }
    this.sendingFile = ''
  },

  async openFile(item) {
    const place = `/sessions/${room.id}/materials/${item.material}/link`
    try {
      const { url } = await room.api.get(place, {}, { quiet: true })
      Object.assign(document.createElement('a'), { href: url, download: item.text, rel: 'noopener' }).click()
    } catch (error) {
      failed(error)
    }
  },
})
