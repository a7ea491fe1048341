// The browser asks before a page with unsaved changes is left.
export const leaveGuard = () => ({
  guard(isDirty) {
    this.asking = (event) => isDirty() && event.preventDefault()
    addEventListener('beforeunload', this.asking)
  },
  unguard() {
    removeEventListener('beforeunload', this.asking)
  },
})
