// A list of one's own that follows the server: fetched again when the socket says that it changed, or was away.
import { live } from '../live.js'
import { mustBeSignedIn } from '../session.js'
import { feed } from './feed.js'
import { lookAgain } from './looking.js'

const PAGE = 10
const isAwaited = ({ status, proposal }) => status === 'held' || Boolean(proposal)

// `fetchPage(cursor, limit)`; `what` is the word that `changed` uses for this list; of some items a change is awaited.
export const liveFeed = (fetchPage, what, awaited = isAwaited) => ({
  ...feed(function (cursor) {
    return fetchPage.call(this, cursor, cursor ? PAGE : Math.min(50, Math.max(PAGE, this.items.length)))
  }),
  async init() {
    await mustBeSignedIn().catch(() => null)
    this.offs = [
      live.on('changed', ({ data }) => data.what === what && this.load({ quiet: true })),
      live.on('welcome', () => this.load({ quiet: true })), // what changed before the line was there was told to nobody
      lookAgain({ look: () => this.load({ quiet: true }), mayChange: () => this.items.some(awaited) }),
    ]
    live.connect()
    await this.load()
  },
  destroy() {
    this.offs?.forEach((off) => off())
  },
})
