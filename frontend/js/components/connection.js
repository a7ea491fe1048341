// Says when the network is gone, and when it is back.
export const connection = () => ({
  state: navigator.onLine ? 'online' : 'offline',
  init() {
    this.changed = () => (this.state = navigator.onLine ? 'online' : 'offline')
    addEventListener('online', this.changed)
    addEventListener('offline', this.changed)
  },
  destroy() {
    removeEventListener('online', this.changed)
    removeEventListener('offline', this.changed)
  },
})
