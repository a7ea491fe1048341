// A mentor's word on being shown as live while they are here.
import { api } from '../api.js'
import { t } from '../i18n.js'
import { failed, toast } from './toasts.js'

export const instantSessions = () => ({
  state: 'loading', // loading -> ready -> saving, or failed
  instant: false,
  async init() {
    try {
      this.instant = (await api.get('/me/instant')).instant
      this.state = 'ready'
    } catch (error) {
      this.state = 'failed'
      failed(error)
    }
  },
  async save(instant) {
    this.state = 'saving'
    try {
      this.instant = (await api.put('/me/instant', { instant })).instant
      toast(t(instant ? 'instant.saved_on' : 'instant.saved_off'))
    } catch (error) {
      this.instant = !instant
      failed(error)
    }
    this.state = 'ready'
  },
})
