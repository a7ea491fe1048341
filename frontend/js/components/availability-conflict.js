// What becomes of changes made here when something newer was saved elsewhere: shown side by side, for the person to choose.
import { editable, sent } from '../availability/editing.js'
import { onTop } from '../availability/merging.js'
import { differences } from '../availability/words.js'
import { t } from '../i18n.js'
import { toast } from './toasts.js'

export const conflict = () => ({
  newer: null, // what was saved elsewhere meanwhile
  changes: [], // what is different there: from what is here, or from what was read
  overtaken(current) {
    this.newer = current
    this.compare()
  },
  mineOnTop() {
    return onTop(this.read, sent(this.values, 0), this.newer)
  },
  compare() {
    if (!this.isSound()) return
    const mine = differences(this.mineOnTop(), this.newer)
    if (!mine.length) return this.takeTheirs()
    const places = new Set(mine.map(({ place }) => place))
    const moved = differences(this.read, this.newer).filter(({ place }) => !places.has(place))
    this.changes = [
      ...this.zoneChange(),
      ...mine,
      ...moved.map(({ place, mine: was, theirs }) => ({ place, was, theirs })),
    ]
    this.$refs.conflict.showModal()
  },
  // All the hours mean other times then.
  zoneChange() {
    const [was, theirs] = [this.zone, this.newer.zone]
    return was === theirs ? [] : [{ place: t('field.zone'), was, theirs }]
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
