// The whiteboard's panel: an Alpine component of states and actions; what draws is fetched when it is first opened.
import { download } from '../../../download.js'
import { t } from '../../../i18n.js'
import { reasonOf } from '../../../lesson/refusals.js'
import { fileName } from '../languages.js'
import { withStanding } from '../standing.js'
import { togetherOf } from '../together.js'
import { pressed } from './keys.js'
import { texts } from './texts.js'

const NONE = { pages: ['first'], number: 1, count: 0, words: '', undoable: false, redoable: false, zoom: 1 }
const isSame = (one, other) =>
  one.length === other.length && one.every(({ id, words }, at) => id === other[at].id && words === other[at].words)
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
    items: [], // what is on the page, in words, while the list is open
    listed: false,
    sending: '', // words on an image that is being sent
    ...texts(() => board),

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
          changed: (now) => {
            this.now = now
            if (this.listed) this.list()
          },
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
      const items = board.items()
      const at = items.findIndex(({ id }) => id === this.selected)
      const count = items.length
      if (count) board.select(items[(at + step + (at < 0 && step < 0) + count) % count].id)
    },
    showList() {
      this.listed = !this.listed
      if (this.listed) this.list()
      else this.items = []
    },
    /** A row is made anew only when there is something to say: strokes come by the hundred. */
    list() {
      const items = board.items()
      if (!isSame(items, this.items)) this.items = items
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
      this.endText(true)
      if (page) board.turn(page)
    },
    addPage() {
      this.endText(true)
      board.addPage()
    },
    removePage() {
      this.endText(true)
      board.removePage()
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
