// What people have reported: read, looked into elsewhere, and closed with a word on what was done.
import { api, start } from '../app.js'
import { between } from '../checks.js'
import { liveFeed } from '../components/live-feed.js'
import { toast } from '../components/toasts.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { mustBeSignedIn } from '../session.js'

const list = liveFeed(function (cursor, limit) {
  return api.get('/admin/reports', { status: this.status, cursor, limit })
}, 'admin')

const reports = () => ({
  ...list,
  status: 'open',

  async init() {
    const me = await mustBeSignedIn().catch(() => null)
    if (me && !me.roles.includes('admin')) return (this.state = 'closed')
    await list.init.call(this)
  },
  choose(status) {
    if (status === this.status) return
    this.status = status
    this.load()
  },
  aboutWords: ({ about }) => t(`admin_reports.about.${about}`),
  reasonWords: ({ reason }) => t(`reporting.reason.${reason}`),
  seenTo(report) {
    const { heading } = this.$refs
    this.items = this.items.filter(({ id }) => id !== report.id)
    toast(t('admin_reports.closed_done'))
    this.$nextTick(() => heading.focus())
  },
})

const closing = (report) =>
  form({
    values: { words: '' },
    checks: { words: between(3, 2000, 'reporting.say') },
    send: ({ words }) => api.post(`/admin/reports/${encodeURIComponent(report.id)}/close`, { words: words.trim() }),
    done() {
      this.seenTo(report)
    },
  })

start({ closing, reports })
