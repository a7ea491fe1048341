// What can be done about the other person: mute them, put them out or let them back, report and block.
import { toast } from '../../components/toasts.js'
import { t } from '../../i18n.js'

export const peoplePart = ({ room, failed }) => {
  let offs = []

  return {
    busy: false,
    isOut: false, // put out by us
    reason: '',
    words: '',
    blocks: false,
    leaves: true,
    problem: '',

    init() {
      const muted = () => toast(t('room.people.muted', { name: room.state.entry.peer.name }))
      offs = [room.on('muted', muted), room.on('state', ({ isOut }) => (this.isOut = isOut))]
    },
    destroy() {
      for (const off of offs.splice(0)) off()
    },
    async act(work) {
      this.busy = true
      const done = await work().then(
        () => true,
        (error) => failed(error),
      )
      this.busy = false
      return done === true
    },
    mute() {
      return this.act(room.door.mute)
    },
    async remove() {
      await this.act(room.remove)
      this.$refs.remove.close()
    },
    readmit() {
      return this.act(room.readmit)
    },
    async report() {
      this.problem = this.reason ? '' : t('reporting.choose_reason')
      if (this.problem) return
      const body = { about: 'session', id: room.id, reason: this.reason, words: this.words.trim(), block: this.blocks }
      if (!(await this.act(() => room.api.post('/reports', body, { quiet: true })))) return
      this.$refs.report.close()
      toast(t('room.people.sent'))
      if (this.leaves) room.leave()
    },
  }
}
