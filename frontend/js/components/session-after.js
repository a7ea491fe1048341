// What remains of a session: its recordings, what was written in the room, the notes. x-data="sessionAfter(sessionId, title)".
import { api } from '../app.js'
import { storage } from '../api.js'
import { download } from '../download.js'
import { t } from '../i18n.js'
import { sizeWords } from '../lesson/files.js'
import { live } from '../live.js'
import { failed } from './toasts.js'

const PAGE = 50

export const sessionAfter = (sessionId, title) => {
  const path = `/sessions/${encodeURIComponent(sessionId)}`

  return {
    recordings: [],
    offs: [], // its own: what is not declared here would be set on the page around
    playing: null, // {id, url, isVideo}
    links: [], // of the two snapshots of what was written together
    exporting: 'ready', // ready -> notes or board while they are fetched, or no-notes or no-board
    chat: null, // newest last; null until it is opened
    earlier: null,
    chatStage: 'closed', // closed -> loading -> open, or failed

    async init() {
      this.offs = [
        live.on('changed', ({ data }) => data.what === 'recordings' && this.loadRecordings()),
        live.on('welcome', ({ since }) => since && this.loadRecordings()), // the line was lost for a while
      ]
      await Promise.all([this.loadRecordings(), this.loadNotes()])
    },
    destroy() {
      this.offs.forEach((off) => off())
    },
    async loadRecordings() {
      const { items } = await api.get(`${path}/recordings`).catch(() => ({ items: this.recordings }))
      this.recordings = items
    },
    async loadNotes() {
      const { mentor, learner } = await api.get(`${path}/document`).catch(() => ({}))
      this.links = [mentor, learner].filter(Boolean)
    },
    sizeWords,

    async play(recording) {
      try {
        const { url } = await api.get(`/recordings/${encodeURIComponent(recording.id)}/link`)
        this.playing = { id: recording.id, url, isVideo: recording.content_type.startsWith('video/') }
      } catch (error) {
        failed(error)
      }
    },
    isPlaying(recording, isVideo) {
      return Boolean(this.playing && this.playing.id === recording.id && this.playing.isVideo === isVideo)
    },
    async save(recording) {
      try {
        const { url } = await api.get(`/recordings/${encodeURIComponent(recording.id)}/link`, { save: true })
        location.assign(url)
      } catch (error) {
        failed(error)
      }
    },

    // Its link has lapsed in the midst of it, or the line was lost.
    lapsed(recording) {
      if (this.playing?.id === recording.id) this.playing = null
      failed(new Error(t('after.lapsed')))
    },
    minutesOf: ({ seconds }) => Math.max(1, Math.round(seconds / 60)),

    exportNotes() {
      return this.export('notes', async (snapshots, { asMarkdown, textsOf }) => {
        const texts = textsOf(snapshots)
        if (!texts.notes.trim() && !texts.code.trim()) return false
        download(t('after.notes_file'), asMarkdown(texts, title), 'text/markdown')
        return true
      })
    },
    exportBoard() {
      return this.export('board', async (snapshots) => {
        const { pagesOf, picturesOf } = await import('../lesson/boards.js')
        const pictures = await picturesOf(pagesOf(snapshots), { title, fetchImage: this.fetchImage })
        for (const { name, png } of pictures) download(name, png, 'image/png')
        return pictures.length > 0
      })
    },
    // The library that reads them is large, and fetched only now; so are the links, which lapse.
    async export(what, made) {
      this.exporting = what
      try {
        await this.loadNotes()
        const notes = await import('../lesson/notes.js')
        const snapshots = [await notes.fetchSnapshots(this.links), await notes.keptSnapshots(sessionId)].flat()
        this.exporting = (await made(snapshots, notes)) ? 'ready' : `no-${what}`
      } catch (error) {
        this.exporting = 'ready'
        failed(error)
      }
    },
    async fetchImage(material) {
      try {
        const { url } = await api.get(`${path}/materials/${encodeURIComponent(material)}/link`)
        const answer = await storage(url, { credentials: 'omit' })
        return answer.ok ? await answer.blob() : null
      } catch {
        return null // it was deleted: the rest is there
      }
    },

    async openChat() {
      if (this.chatStage !== 'closed' && this.chatStage !== 'failed') return (this.chatStage = 'closed')
      this.chatStage = 'loading'
      Object.assign(this, { chat: [], earlier: null })
      await this.moreChat()
    },
    async moreChat() {
      try {
        const page = await api.get(`${path}/chat`, { limit: PAGE, cursor: this.earlier })
        this.chat = [...page.items, ...this.chat].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
        Object.assign(this, { earlier: page.next, chatStage: 'open' })
      } catch (error) {
        this.chatStage = 'failed'
        failed(error)
      }
    },
  }
}
