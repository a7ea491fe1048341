// Which panel is open beside the call, and where the focus goes with it.

export const PANELS = ['chat', 'notes', 'board', 'plan']

const START = '[data-panel-start], h2[tabindex], h2'
const typing = () => matchMedia('(pointer: fine)').matches // a phone's keyboard would cover half of what there is to read
const seen = (found) => [...found].find((each) => each.checkVisibility())
const begin = (panel) =>
  (typing() && seen(panel.querySelectorAll('[data-panel-field]'))) || seen(panel.querySelectorAll(START))
const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** `root()` is the room's element; `news` hears badge(panel, yes): a panel has something that nobody has seen. */
export const panels = ({ root, news }) => ({
  panel: '', // what is open beside the call: chat, notes, board or plan
  badges: { chat: false, notes: false, board: false, plan: false },
  more: false, // the sheet of everything there is no room for in the bar

  hearBadges() {
    return news.on('badge', (panel, yes) => (this.badges[panel] = yes && this.panel !== panel))
  },
  get anyBadge() {
    return this.badges.notes || this.badges.board || this.badges.plan
  },
  /** The same name again, or none, closes it. */
  async openPanel(name) {
    const was = this.panel
    this.panel = was === name ? '' : name
    this.more = false
    if (this.panel) this.badges[name] = false
    await soon()
    const opened = this.panel && root().querySelector(`[data-panel="${this.panel}"]`)
    if (opened) begin(opened)?.focus()
    else if (was) seen(root().querySelectorAll(`[data-opens="${was}"], [data-more]`))?.focus()
  },
  /** Nothing of the screen before lies over this one, least of all a dialog that keeps all else from being used. */
  turnTo(screen) {
    Object.assign(this, { panel: '', more: false })
    for (const each of root().querySelectorAll('dialog[open]')) each.close()
    this.$nextTick(() => root().querySelector(`[data-screen="${screen}"] h1`)?.focus())
  },
  closePanel() {
    if (this.panel) this.openPanel('')
  },
  async openMore() {
    this.more = !this.more
    await soon()
    if (this.more) seen(root().querySelectorAll('.bar-more button'))?.focus()
  },
  closeMore(focus) {
    if (!this.more) return
    this.more = false
    if (focus) root().querySelector('[data-more]').focus()
  },
  /** From the sheet, to whose button the focus comes back. */
  openDialog(name) {
    this.closeMore(true)
    const dialog = root().querySelector(`[x-ref="${name}"]`)
    if (!dialog.open) dialog.showModal()
  },
  /** Escape closes the innermost of what is open; what is within and has used it has stopped it. */
  escape(event) {
    if (this.screen !== 'call' || event.defaultPrevented || event.target.closest?.('dialog[open]')) return
    if (this.more) return this.closeMore(true)
    this.closePanel()
  },
})
