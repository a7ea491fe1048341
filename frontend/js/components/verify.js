// The banner of somebody whose address is not confirmed yet: send again, or mend the address.
import { api } from '../api.js'
import { t } from '../i18n.js'
import { failed, toast } from './toasts.js'

export const verifyBanner = () => ({
  state: 'ready', // ready -> sending -> sent
  async again() {
    if (this.state !== 'ready') return
    this.state = 'sending'
    try {
      await api.post('/email/verify/resend')
      this.state = 'sent'
      toast(t('verify.sent_again'))
    } catch (error) {
      this.state = 'ready'
      failed(error)
    }
  },
})
