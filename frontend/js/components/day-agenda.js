// What a mentor has on one day already, to choose a start beside it.
import { api } from '../api.js'
import { span, toUtc } from '../time.js'

const DAY = 24 * 3600_000

export const dayAgenda = () => ({
  items: [],
  async look(date, zone, but) {
    const from = date && toUtc(date, '12:00', zone)
    if (!from) return (this.items = [])
    const noon = Date.parse(from)
    const answer = await api.get('/me/calendar', around(noon)).catch(() => null)
    const sameDay = (each) => Math.abs(Date.parse(each.starts_at) - noon) <= DAY / 2
    this.items = (answer?.items ?? []).filter((each) => each.session_id !== but && sameDay(each))
  },
  span: (each, zone) => span(each.starts_at, each.duration_minutes, zone),
})

const around = (noon) => ({ from: iso(noon - DAY / 2), until: iso(noon + DAY / 2) })
const iso = (moment) => new Date(moment).toISOString().replace('.000Z', 'Z')
