// The landing page: a few mentors and the next sessions.
import { api, start } from '../app.js'
import { feed } from '../components/feed.js'

const featured = (path) => ({
  ...feed(() => api.get(path, { limit: 3 })),
  init() {
    this.load()
  },
})

start({ featured })
