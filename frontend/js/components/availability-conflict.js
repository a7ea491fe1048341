// What becomes of changes made here when something newer was saved elsewhere: shown side by side, for the person to choose.
import { editable, sent } from '../availability/editing.js'
import { onTop } from '../availability/merging.js'
import { differences } from '../availability/words.js'
import { t } from '../i18n.js'
import { toast } from './toasts.js'

export const conflict = () => ({
  newer: null, // what was saved elsewhere meanwhile
  changes: [],
  overtaken(current) {
    this.newer = current
    this.compare()
  },
  mineOnTop() {
    return onTop(this.read, sent(this.values, 0), this.newer)
  },
  compare() {
    if (!this.isSound()) return
    this.changes = differences(this.mineOnTop(), this.newer)
    if (this.changes.length) this.$refs.conflict.showModal()
    else this.takeTheirs()
  },
  takeTheirs() {
    this.take(this.newer)
    this.$refs.conflict.close()
    toast(t('availability.took_theirs'))
    this.toHeading()
  },
  // The newer version with what was changed here on top, to be looked at and saved.
  keepMine() {
    const mine = this.mineOnTop()
    this.take(this.newer)
    this.values = editable(mine, this.today)
    this.$refs.conflict.close()
    toast(t('availability.kept_mine'))
    this.$nextTick(() => this.$root.querySelector('[type="submit"]').focus())
  },
})
