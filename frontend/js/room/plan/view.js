// Agenda, goals and files beside the call, and the rating after it: the booking page's own components, told whose session this is.

export const planPart = ({ room }) => {
  let offs = []

  return {
    opened: false, // once, and then kept: what is being written is not lost by closing the panel
    booking: { id: '', viewer: '', quiet: true, session: { id: room.id, duration_minutes: 0 } },
    rates: false,

    init() {
      offs = [room.on('state', (next) => this.follow(next))]
      this.$watch('panel', (panel) => (this.opened ||= panel === 'plan'))
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },
    follow({ entry, phase, outcome }) {
      if (!entry) return
      const { role, booking_id: id, session } = entry
      if (!this.booking.viewer)
        Object.assign(this.booking, {
          id,
          viewer: role,
          session: { id: room.id, duration_minutes: session.duration_minutes },
        })
      this.rates = phase === 'ended' && role === 'learner' && outcome === 'completed'
    },
    mayPlan: () => true,
    firstName() {
      return this.other.name.split(' ')[0]
    },
  }
}
