// One's picture: chosen, sent straight to storage with progress, then checked and re-encoded by us.
import { api, person, setPerson } from '../app.js'
import { upload } from '../api.js'
import { t } from '../i18n.js'

const KINDS = ['image/jpeg', 'image/png', 'image/webp']
const MOST = 5 * 1024 * 1024
const PATIENCE = 45_000
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export const photoField = () => ({
  state: 'ready', // ready -> sending -> checking -> ready, or refused with words
  sent: 0,
  preview: null,
  problem: '',

  destroy() {
    this.forgetPreview()
  },

  async choose(event) {
    const [file] = event.target.files
    event.target.value = ''
    if (!file || this.busy) return
    const wrong = this.wrongWith(file)
    if (wrong) return this.refuse(wrong)
    this.forgetPreview()
    Object.assign(this, { state: 'sending', sent: 0, problem: '', preview: URL.createObjectURL(file) })
    try {
      const before = person.me?.photo_url ?? null
      const target = await api.post('/me/photo', { content_type: file.type, size: file.size })
      await upload(target, file, (part) => (this.sent = Math.round(part * 100)))
      this.state = 'checking'
      await this.awaitVerdict(before)
    } catch (error) {
      this.refuse(error.message)
    }
  },

  wrongWith(file) {
    if (!KINDS.includes(file.type)) return t('photo.wrong_kind')
    return file.size > MOST ? t('photo.too_big') : ''
  },

  async awaitVerdict(before) {
    const end = Date.now() + PATIENCE
    while (Date.now() < end) {
      await pause(1200)
      const me = await api.get('/me')
      if (me.photo_problem) return this.refuse(t('photo.unreadable'))
      if (me.photo_url !== before) {
        setPerson(me)
        this.forgetPreview()
        this.state = 'ready'
        return
      }
    }
    this.refuse(t('photo.slow'))
  },

  refuse(words) {
    this.forgetPreview()
    Object.assign(this, { state: 'refused', problem: words })
  },

  forgetPreview() {
    if (this.preview) URL.revokeObjectURL(this.preview)
    this.preview = null
  },

  get busy() {
    return this.state === 'sending' || this.state === 'checking'
  },
  get picture() {
    return this.preview ?? person.me?.photo_url ?? null
  },
})
