// A mentor's public page: /m/<slug>.
import { api, start } from '../app.js'
import { t } from '../i18n.js'

const mentorPage = () => ({
  state: 'loading', // loading -> ready, gone or failed
  mentor: null,
  problem: '',
  init() {
    this.load()
  },
  async load() {
    this.state = 'loading'
    try {
      const slug = decodeURIComponent(location.pathname.split('/').pop())
      this.mentor = await api.get(`/mentors/${encodeURIComponent(slug)}`)
      document.title = t('mentor.page_title', { name: this.mentor.name })
      this.state = 'ready'
    } catch (error) {
      this.state = error.status === 404 ? 'gone' : 'failed'
      this.problem = error.message
    }
  },
})

start({ mentorPage })
