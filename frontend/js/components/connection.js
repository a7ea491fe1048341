// Says when the network or the line is gone, as of when what one sees is, and when it is up to date again.
import { live } from '../live.js'

const PATIENCE_MS = 4000 // most lost lines are back sooner: no reason to alarm anybody
const BACK_MS = 4000
const TOLD = new Set(['reconnecting', 'catching-up'])

// `state`: online (nothing to say) | offline | reconnecting | catching-up | back.
export const connection = () => ({
  state: 'online',
  asOf: null,

  init() {
    this.changed = () => this.look()
    addEventListener('online', this.changed)
    addEventListener('offline', this.changed)
    this.off = live.on('freshness', this.changed)
    this.look()
  },
  destroy() {
    clearTimeout(this.timer)
    removeEventListener('online', this.changed)
    removeEventListener('offline', this.changed)
    this.off()
  },

  look() {
    clearTimeout(this.timer)
    const { word, asOf } = live.freshness
    this.asOf = asOf
    if (!navigator.onLine) this.state = 'offline'
    else if (word === 'stale') this.reconnect()
    else if (word === 'catching-up') this.catchUp()
    else if (word === 'live' && TOLD.has(this.state)) this.comeBack()
    else if (word === 'off' || word === 'live') this.state = 'online'
  },
  reconnect() {
    if (this.state !== 'online') this.state = 'reconnecting'
    else this.timer = setTimeout(() => (this.state = 'reconnecting'), PATIENCE_MS)
  },
  // Whoever was told of a lost line hears at once that it is back; else only if it takes long to fetch what was missed.
  catchUp() {
    if (this.state !== 'online') this.state = 'catching-up'
    else this.timer = setTimeout(() => (this.state = 'catching-up'), PATIENCE_MS)
  },
  comeBack() {
    this.state = 'back'
    this.timer = setTimeout(() => (this.state = 'online'), BACK_MS)
  },
})
