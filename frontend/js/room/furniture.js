// All that the call and its end need and the check before them does not: fetched while one looks at oneself.
import { rating } from '../components/rating.js'
import { sessionFiles } from '../components/session-files.js'
import { sessionPlan } from '../components/session-plan.js'
import { parts } from './parts.js'

export { createCall } from './call.js'
export { createPeer } from './peer.js'

/** Components by name, made with the page's tools. */
export const furniture = (tools) => ({
  rating,
  sessionFiles,
  sessionPlan,
  ...Object.fromEntries(parts.map(([name, make]) => [name, () => make(tools)])),
})
