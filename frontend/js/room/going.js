// Coming in, leaving and coming back, on the page.
import { t } from '../i18n.js'

/** `failed(error)` tells of an action that did not work; `keep(all)` remembers how one comes. */
export const going = ({ room, failed, keep }) => ({
  entering: false, // it was pressed, and there is nothing else to see of it yet

  async join() {
    this.entering = true
    await this.furnish()
      .then(() => this.comeIn())
      .finally(() => (this.entering = false))
  },
  comeIn() {
    if (!this.furnished) return failed(new Error(t('room.join.failed')))
    performance.clearMarks('room:first-frame')
    performance.mark('room:join')
    keep(true)
    return room.join()
  },
  leave: () => room.leave(),
  /** After a fault; what could not be fetched then may be had now. */
  again() {
    return this.furnish().then(room.start)
  },
})
