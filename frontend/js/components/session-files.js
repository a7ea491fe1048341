// Files of a session: sent with progress, shown once they were looked at, saved by a link. x-data="sessionFiles(sessionId, side)".
import { api } from '../app.js'
import { upload } from '../api.js'
import { t } from '../i18n.js'
import { accept, isAwaited, rows, sizeWords, wrongWith } from '../lesson/files.js'
import { isNone, reasonOf } from '../lesson/refusals.js'
import { live } from '../live.js'
import { focusSoon } from './focus.js'
import { failed, toast } from './toasts.js'

const AGAIN = 2500 // until a file that waits is looked for again

export const sessionFiles = (sessionId, side, quiet = false) => {
  const path = `/sessions/${encodeURIComponent(sessionId)}/materials`
  let timer = null

  return {
    stage: 'loading', // loading -> ready, failed, or closed where there can be none
    items: [],
    sending: [], // {key, id, name, size, sent, state: sending|refused, reason}
    dropping: '', // the file whose deletion is to be confirmed
    problem: '',
    root: null, // its own: what is not declared here would be set on the page around
    offs: [],
    accept,

    async init() {
      this.root = this.$el
      this.offs = [
        live.on('changed', ({ data }) => data.what === 'materials' && this.load()),
        live.on('welcome', () => this.stage === 'ready' && this.load()),
      ]
      await this.load()
    },
    destroy() {
      clearTimeout(timer)
      this.offs.forEach((off) => off())
    },

    async load() {
      clearTimeout(timer)
      try {
        this.items = (await api.get(path, {}, { quiet })).items
        this.stage = 'ready'
        if (isAwaited(this.items)) timer = setTimeout(() => this.load(), AGAIN)
      } catch (error) {
        if (this.stage === 'ready') return
        Object.assign(this, { stage: isNone(error) ? 'closed' : 'failed', problem: error.message })
      }
    },

    rows() {
      return rows(this.items, this.sending)
    },
    isMine: (row) => row.by === side,
    sizeWords,

    choose(event) {
      const files = [...event.target.files]
      event.target.value = ''
      return this.sendAll(files)
    },
    drop(event) {
      return this.sendAll([...(event.dataTransfer?.files ?? [])])
    },
    async sendAll(files) {
      for (const file of files) await this.send(file)
    },
    async send(file) {
      const row = { key: `${file.name}-${performance.now()}`, id: '', name: file.name, size: file.size, by: side }
      this.sending = [...this.sending, { ...row, sent: 0, state: 'sending', reason: '' }]
      const change = (parts) =>
        (this.sending = this.sending.map((each) => (each.key === row.key ? { ...each, ...parts } : each)))
      const wrong = wrongWith(file, this.items.length)
      if (wrong) return change({ state: 'refused', reason: wrong })
      try {
        const form = await api.post(
          path,
          { name: file.name, size: file.size, content_type: file.type.slice(0, 200) },
          { quiet },
        )
        await upload(form, file, (part) => change({ sent: Math.round(part * 100) }))
        change({ id: form.id, sent: 100 })
        await this.load()
        this.forget(row.key)
      } catch (error) {
        change({ state: 'refused', reason: reasonOf(error) })
      }
    },
    forget(key) {
      this.sending = this.sending.filter((each) => each.key !== key)
    },

    async save(row) {
      try {
        location.assign((await api.get(`${path}/${encodeURIComponent(row.id)}/link`, {}, { quiet })).url)
      } catch (error) {
        failed(error)
        this.load()
      }
    },
    async remove(row) {
      this.dropping = ''
      try {
        await api.remove(`${path}/${encodeURIComponent(row.id)}`, { quiet })
        toast(t('files.deleted'))
      } catch (error) {
        failed(error)
      }
      await this.load()
      focusSoon(this.root, 'files')
    },
  }
}
