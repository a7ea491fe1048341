// Approving mentors: read the whole application, approve it, or send it back with a reason.
import { api, start } from '../app.js'
import { between } from '../checks.js'
import { liveFeed } from '../components/live-feed.js'
import { failed, toast } from '../components/toasts.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { mustBeSignedIn } from '../session.js'

const list = liveFeed((cursor, limit) => api.get('/admin/mentors', { status: 'pending', cursor, limit }), 'admin')

const applications = () => ({
  ...list,
  deciding: null, // the id of the application being decided
  returning: null, // the application the dialog is about

  async init() {
    const me = await mustBeSignedIn().catch(() => null)
    if (me && !me.roles.includes('admin')) return (this.state = 'closed')
    await list.init.call(this)
  },
  decided(id) {
    const { heading } = this.$refs
    this.items = this.items.filter((each) => each.id !== id)
    this.$nextTick(() => heading.focus())
  },
  async approve(applicant) {
    if (this.deciding) return
    this.deciding = applicant.id
    try {
      await api.post(`/admin/mentors/${encodeURIComponent(applicant.id)}/approve`)
      this.decided(applicant.id)
      toast(t('admin.approved', { name: applicant.name }))
    } catch (error) {
      failed(error)
      this.load({ quiet: true })
    }
    this.deciding = null
  },
  ask(applicant) {
    this.returning = applicant
    this.$refs.reason.showModal()
  },
})

const returnForm = () =>
  form({
    values: { reason: '' },
    checks: { reason: between(10, 1000, 'check.reason') },
    async send({ reason }) {
      const { id, name } = this.returning
      await api.post(`/admin/mentors/${encodeURIComponent(id)}/return`, { reason: reason.trim() })
      return { id, name }
    },
    done({ id, name }) {
      this.values.reason = ''
      this.state = 'ready'
      this.$refs.reason.close()
      this.decided(id)
      toast(t('admin.returned', { name }))
    },
  })

start({ applications, returnForm })
