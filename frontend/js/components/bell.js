// The bell: how many notifications are unread, and the newest of them in a panel; what comes is shown as it comes.
import { api } from '../api.js'
import { tn } from '../i18n.js'
import { live } from '../live.js'
import { short } from '../messages/unread.js'
import { cameAt, isAbout, unreadIn } from '../notifications/listing.js'
import { mine } from '../notifications/mine.js'
import { openNotification, readAll } from '../notifications/opening.js'
import { createTold } from '../notifications/told.js'
import { seemsSignedIn } from '../session.js'
import { focusSoon } from './focus.js'
import { toast } from './toasts.js'

const first = createTold(() => localStorage)

// A tab that nobody looks at says nothing: where somebody looks, or an alert of the browser, does.
function show(item) {
  if (document.visibilityState !== 'visible' || !first(item.id) || isAbout(item.link, location.pathname)) return
  const open = (event) => openNotification(event, { ...item, read: false })
  toast(item.title, 'good', { text: item.text, link: item.link, open })
}

export const bell = () => ({
  state: 'closed', // closed or open
  count: 0,
  stage: 'closed', // of the newest: closed -> loading -> ready, or failed
  items: [],
  problem: '',
  asOf: null, // while the line is lost: as of when they are

  init() {
    if (!seemsSignedIn()) return
    this.root = this.$root
    this.offs = [
      mine.watch((known) => Object.assign(this, known)),
      live.on('notification', ({ data }) => this.state === 'closed' && show(data)), // open, it shows them itself
      live.on('freshness', ({ data }) => (this.asOf = data.word === 'live' ? null : data.asOf)),
    ]
  },
  destroy() {
    this.offs?.forEach((off) => off())
  },
  get short() {
    return short(this.count)
  },
  get words() {
    return tn('notifications.unread', this.count)
  },
  get anyUnread() {
    return this.count > 0 || unreadIn(this.items).length > 0
  },

  toggle() {
    if (this.state === 'open') return this.close()
    this.state = 'open'
    mine.open()
    focusSoon(this.root, 'heading')
  },
  load() {
    mine.open()
  },
  close() {
    this.state = 'closed'
  },
  // Back to where one came from.
  dismiss() {
    if (this.state !== 'open') return
    this.state = 'closed'
    this.$refs.button.focus()
  },
  leaveFocus({ relatedTarget }) {
    if (relatedTarget && !this.root.contains(relatedTarget)) this.close()
  },
  came(item) {
    return cameAt(item, this.$person.zone, api.now())
  },
  async follow(event, item) {
    await openNotification(event, item)
    this.close()
  },
  // The button goes with the last unread one: the focus has to stay somewhere.
  async readAll() {
    this.$refs.heading.focus()
    await readAll(this.items)
  },
})
