// Receipts of bookings, put among one's downloads.
import { api } from '../app.js'
import { downloadPaper } from '../download.js'
import { failed } from './toasts.js'

export const receipts = () => ({
  fetching: '', // the booking whose receipt is on its way

  async takeReceipt(booking) {
    if (this.fetching) return
    this.fetching = booking.id
    try {
      downloadPaper(await api.get(`/bookings/${encodeURIComponent(booking.id)}/receipt`))
    } catch (error) {
      failed(error)
    }
    this.fetching = ''
  },
})
