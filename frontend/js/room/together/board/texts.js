// The box in which a text for the board is written: whatever one does next, what was written in it is kept.

/** What the panel's component needs for it; `board()` is the board. */
export const texts = (board) => ({
  text: { open: false, value: '', id: null, on: null },

  beginText({ at, on }) {
    this.openText({ value: '', id: null, on }, at)
  },
  rewrite(id, value) {
    this.openText({ value, id, on: null }, board().placeOf(id))
  },
  openText(what, { x, y }) {
    this.endText(true)
    this.text = { open: true, ...what }
    const { surface, text } = this.$refs
    text.style.left = `${Math.max(8, Math.min(x, surface.clientWidth - 250))}px`
    text.style.top = `${Math.max(8, Math.min(y, surface.clientHeight - 100))}px`
    this.$nextTick(() => text.querySelector('textarea').focus())
  },
  endText(keep) {
    if (!this.text.open) return
    const { id, on, value } = this.text
    this.text = { open: false, value: '', id: null, on: null }
    if (keep) board().write({ id, on, text: value })
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
})
