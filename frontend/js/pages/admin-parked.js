// What could not be sent to people in eight tries: looked at, and sent again once the fault is mended.
import { api, start } from '../app.js'
import { focusSoon } from '../components/focus.js'
import { liveFeed } from '../components/live-feed.js'
import { failed, toast } from '../components/toasts.js'
import { t, tn } from '../i18n.js'
import { mustBeSignedIn } from '../session.js'

const CHANNELS = ['mail', 'push']
const list = liveFeed(
  (cursor, limit) => api.get('/admin/parked', { cursor, limit }),
  'admin',
  () => true,
)
const pathOf = ({ id, user_id: user }) => `/admin/parked/${encodeURIComponent(user)}/${encodeURIComponent(id)}/resend`

const parked = () => ({
  ...list,
  sending: '', // the id of the one being sent again, or `all`

  async init() {
    this.root = this.$root
    const me = await mustBeSignedIn().catch(() => null)
    if (me && !me.roles.includes('admin')) return (this.state = 'closed')
    await list.init.call(this)
  },
  groupWords: ({ group }) => t(`preferences.group.${group}`),
  kindWords: ({ kind }) => kind.replaceAll('_', ' '),
  // [{channel, words}]: which ways gave up, and what the last try failed of.
  reasons: (each) =>
    CHANNELS.filter((channel) => each[channel] === 'parked').map((channel) => {
      const fault = each[`${channel}_fault`]
      const words = fault ? t(`parked.failed.${channel}`, { fault }) : t(`parked.killed.${channel}`)
      return { channel, words }
    }),

  async resend(each) {
    if (this.sending) return
    this.sending = each.id
    if (await this.sent(each)) {
      toast(t('parked.resent'))
      focusSoon(this.root, 'heading') // the button has gone with its row
    }
    this.sending = ''
  },
  // One after the other, the longest parked first; the first that is refused ends it.
  async resendAll() {
    if (this.sending) return
    this.sending = 'all'
    let count = 0
    for (const each of [...this.items]) {
      if (!(await this.sent(each))) break
      count++
    }
    this.sending = ''
    if (count) toast(tn('parked.resent_all', count))
    await this.load({ quiet: true })
    focusSoon(this.root, 'heading')
  },
  async sent(each) {
    try {
      await api.post(pathOf(each))
    } catch (error) {
      if (error.code !== 'not_parked') {
        failed(error)
        return false
      }
    }
    this.items = this.items.filter(({ id }) => id !== each.id)
    return true
  },
})

start({ parked })
