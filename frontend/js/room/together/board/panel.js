// The whiteboard's panel: an Alpine component of states and actions; what draws is fetched when it is first opened.
import { download } from '../../../download.js'
import { t } from '../../../i18n.js'
import { reasonOf } from '../../../lesson/files.js'
import { fileName } from '../languages.js'
import { withStanding } from '../standing.js'
import { togetherOf } from '../together.js'
import { pressed } from './keys.js'

const NONE = { pages: ['first'], number: 1, items: [], words: '', undoable: false, redoable: false, zoom: 1 }
const SAID = new Set(['m', '?', 'Tab'])

export function boardPart({ room, failed, badge }, { fetchBoard = () => import('./board.js') } = {}) {
  const together = togetherOf(room)
  let board = null
  let offs = []

  return withStanding(together, room, {
    tool: 'pen',
    ink: 'black',
    width: 4,
    now: NONE,
    selected: null,
    text: { open: false, value: '', id: null, on: null },
    listed: false,
    sending: '', // words on an image that is being sent

    init() {
      this.standBy('board', badge)
      this.$watch('panel', (name) => name === 'board' && this.open())
      if (this.panel === 'board') this.open()
    },
    destroy() {
      for (const off of offs.splice(0)) off()
      board?.close()
      this.standDown()
    },

    async open() {
      if (this.ready === 'loading') return
      if (!board) await this.load()
      if (!board) return
      board.here()
      this.$nextTick(() => board.redraw())
    },
    async load() {
      this.ready = 'loading'
      try {
        const [whole, { createBoard }] = await Promise.all([together.open(), fetchBoard()])
        const { surface: element, svg } = this.$refs
        const news = {
          changed: (now) => (this.now = now),
          selected: (id) => (this.selected = id),
          write: (where) => this.beginText(where),
          full: () => failed(new Error(this.fullWords)),
        }
        board = createBoard({ whole, room, element, svg, name: () => this.otherName, news })
        offs = [
          together.on('changed', board.redraw),
          together.on('theirs', board.see),
          together.on('loaded', board.widen),
        ]
        this.stand(whole.heard)
        this.ready = 'ready'
        this.$nextTick(() => this.panel === 'board' && element.focus()) // there was nothing to focus when the panel opened
      } catch {
        this.ready = 'failed'
      }
    },

    key(event) {
      if (event.target !== event.currentTarget) return
      if (pressed(event, this)) event.preventDefault()
      else if (event.key === 'Escape' || SAID.has(event.key) || event.ctrlKey || event.metaKey) return
      event.stopPropagation() // no shortcut of the room is meant
    },
    hold(tool) {
      this.tool = tool
      board.hold(tool)
      if (tool !== 'select') this.select(null)
    },
    dip(ink) {
      this.ink = ink
      board.dip({ ink })
    },
    thicken(width) {
      this.width = width
      board.dip({ width })
    },
    place() {
      const written = this.selected && board.text(this.selected)
      if (typeof written === 'string') return this.rewrite(this.selected, written)
      board.place(this.tool)
    },
    select: (id) => board.select(id),
    choose(id) {
      this.hold('select')
      board.select(id)
      this.$refs.surface.focus()
    },
    next(step) {
      const at = this.now.items.findIndex(({ id }) => id === this.selected)
      const count = this.now.items.length
      if (count) board.select(this.now.items[(at + step + (at < 0 && step < 0) + count) % count].id)
    },
    remove: (id) => board.remove(id),
    shift(change, first) {
      board.shift(this.selected, change, first)
    },
    undo: () => board.undo(),
    redo: () => board.redo(),
    clear: () => board.clear(),
    fit: () => board.fit(),
    zoom: (by) => board.zoom(by),
    pan: (dx, dy) => board.pan(dx, dy),

    turnBy(step) {
      const page = this.now.pages[this.now.number - 1 + step]
      if (page) board.turn(page)
    },
    addPage: () => board.addPage(),
    removePage: () => board.removePage(),

    beginText({ at, on }) {
      this.text = { open: true, value: '', id: null, on }
      this.putText(at)
    },
    rewrite(id, value) {
      this.text = { open: true, value, id, on: null }
      this.putText(board.placeOf(id))
    },
    putText({ x, y }) {
      const { surface, text } = this.$refs
      text.style.left = `${Math.max(8, Math.min(x, surface.clientWidth - 250))}px`
      text.style.top = `${Math.max(8, Math.min(y, surface.clientHeight - 100))}px`
      this.$nextTick(() => text.querySelector('textarea').focus())
    },
    endText(keep) {
      if (!this.text.open) return
      const { id, on, value } = this.text
      this.text = { open: false, value: '', id: null, on: null }
      if (keep) board.write({ id, on, text: value })
      this.$refs.surface.focus({ preventScroll: true })
    },
    typedText(event) {
      event.stopPropagation()
      if (event.key === 'Escape') this.endText(false)
      else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        this.endText(true)
      }
    },

    pasted({ clipboardData, target }) {
      if (this.panel !== 'board' || this.ready !== 'ready' || target.closest?.('input, textarea, [contenteditable]'))
        return
      this.send([...(clipboardData?.files ?? [])])
    },
    dropped({ dataTransfer }) {
      this.send([...(dataTransfer?.files ?? [])])
    },
    chosen({ target }) {
      this.send([...target.files])
      target.value = ''
    },
    async send([file]) {
      if (!file || this.sending) return
      this.sending = t('room.board.image.sending', { percent: 0 })
      try {
        const progress = (part) => (this.sending = t('room.board.image.sending', { percent: Math.round(part * 100) }))
        await board.addImage(file, progress)
        this.hold('select')
      } catch (error) {
        failed(new Error(reasonOf(error)))
      }
      this.sending = ''
    },
    async save() {
      const title = room.state.entry?.session.title ?? ''
      try {
        download(fileName(title, `board-${this.now.number}`, 'png'), await board.toPng(), 'image/png')
      } catch {
        failed(new Error(t('room.board.export.failed')))
      }
    },
  })
}
