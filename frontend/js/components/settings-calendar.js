// Settings: the link by which other calendars follow one's sessions.
import { api } from '../app.js'
import { subscriptions } from '../calendar-links.js'
import { t } from '../i18n.js'
import { failed, toast } from './toasts.js'

const PATH = '/me/calendar-feed'

// loading -> off or on, or failed; off -> making -> on; on -> renewing -> on; on -> stopping -> off.
export const calendarFeed = () => ({
  state: 'loading',
  url: '',
  problem: '',

  init() {
    this.load()
  },
  async load() {
    this.state = 'loading'
    try {
      const { url } = await api.get(PATH)
      this.shows(url)
    } catch (error) {
      Object.assign(this, { state: 'failed', problem: error.message })
    }
  },
  shows(url) {
    Object.assign(this, { url: url ?? '', state: url ? 'on' : 'off' })
  },
  isOn() {
    return ['on', 'renewing', 'stopping'].includes(this.state)
  },
  subscribe(calendar) {
    return subscriptions(this.url)[calendar]
  },

  make() {
    return this.asks('off', 'making', async () => (await api.post(PATH)).url)
  },
  async renew() {
    if (await this.asks('on', 'renewing', async () => (await api.post(PATH)).url)) toast(t('calendar_feed.renewed'))
  },
  async stop() {
    if (await this.asks('on', 'stopping', () => api.remove(PATH))) toast(t('calendar_feed.stopped'))
  },
  // One change at a time; afterwards the keyboard is where one goes on from. True if it came about.
  async asks(from, during, change) {
    const { address, first, renewing, stopping } = this.$refs
    if (this.state !== from) return false
    this.state = during
    try {
      this.shows(await change())
    } catch (error) {
      this.state = from
      failed(error)
      return false
    }
    renewing.close()
    stopping.close()
    // x-show waits for the next frame, too.
    this.$nextTick(() => requestAnimationFrame(() => (this.url ? address : first).focus()))
    return true
  },

  async copy() {
    try {
      await navigator.clipboard.writeText(this.url)
      toast(t('calendar_feed.copied'))
    } catch {
      this.$refs.address.select()
      toast(t('calendar_feed.not_copied'), 'bad')
    }
  },
})
