// Mentors or open sessions, by domain; the choice lives in the address, so Back and sharing work.
import { api, start } from '../app.js'
import { feed } from '../components/feed.js'

const chosen = () => new URLSearchParams(location.search).get('domain') ?? ''

const directory = (path) => ({
  ...feed(function (cursor) {
    return api.get(path, { domain: this.domain, limit: 12, cursor })
  }),
  domain: chosen(),
  init() {
    this.back = () => this.show(chosen())
    addEventListener('popstate', this.back)
    this.load()
  },
  destroy() {
    removeEventListener('popstate', this.back)
  },
  show(domain) {
    this.domain = domain
    this.load()
  },
  choose(event, domain) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (domain === this.domain) return
    history.pushState(null, '', domain ? `?domain=${domain}` : location.pathname)
    this.show(domain)
  },
})

start({ directory })
