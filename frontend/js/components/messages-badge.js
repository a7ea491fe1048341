// How many messages wait, beside the way to them.
import { api } from '../api.js'
import { live } from '../live.js'
import { createUnread, short } from '../messages/unread.js'
import { seemsSignedIn } from '../session.js'
import { tn } from '../i18n.js'

const unread = createUnread({ get: (...call) => api.get(...call), live })

export const messagesBadge = () => ({
  count: 0,
  init() {
    if (seemsSignedIn()) this.off = unread.watch((count) => (this.count = count))
  },
  destroy() {
    this.off?.()
  },
  get short() {
    return short(this.count)
  },
  get words() {
    return tn('messages.unread', this.count)
  },
})
