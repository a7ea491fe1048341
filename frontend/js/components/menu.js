// The menu behind one's picture: opens, closes on Escape and on a press elsewhere; signs out.
import { api } from '../api.js'
import { forget } from '../session.js'
import { failed } from './toasts.js'

export const accountMenu = () => ({
  state: 'closed', // closed, open or leaving
  toggle() {
    this.state = this.state === 'closed' ? 'open' : 'closed'
  },
  close() {
    if (this.state === 'open') this.state = 'closed'
  },
  escape() {
    if (this.state !== 'open') return
    this.state = 'closed'
    this.$refs.button.focus()
  },
  leaveFocus(event) {
    if (event.relatedTarget && !this.$root.contains(event.relatedTarget)) this.close()
  },
  async signOut() {
    if (this.state === 'leaving') return
    this.state = 'leaving'
    try {
      await api.post('/auth/sign-out', undefined, { quiet: true })
    } catch (error) {
      if (error.status !== 401) {
        this.state = 'open'
        return failed(error)
      }
    }
    forget()
    location.assign('/')
  },
})
