// What learners say of a mentor, page by page. x-data="mentorReviews(slug)".
import { api } from '../app.js'
import { answered, read } from '../lesson/stars.js'

export const mentorReviews = (slug) => ({
  state: 'loading', // loading -> ready <-> more, or failed
  items: [],
  next: null,
  rating: null,
  count: 0,
  problem: '',
  path: `/mentors/${encodeURIComponent(slug)}/reviews`,

  async init() {
    await this.load()
  },
  async load() {
    this.state = 'loading'
    await this.look(null)
  },
  async more() {
    this.state = 'more'
    await this.look(this.next)
  },
  async look(cursor) {
    try {
      const page = await api.get(this.path, { limit: 10, cursor })
      const { next, rating, count } = page
      Object.assign(this, {
        items: [...(cursor ? this.items : []), ...page.items],
        next,
        rating,
        count,
        state: 'ready',
      })
    } catch (error) {
      Object.assign(this, { state: 'failed', problem: error.message })
    }
  },
  axes: (review) => answered(review.axes),
  read,
})
