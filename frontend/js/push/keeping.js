// Once a tab: a browser whose alerts are on still shows them, whatever has become of sign-ins and keys since.
import { createPush } from './browser.js'

export const KEPT = 'alerts_kept'

export async function keepAlerts(api, userId) {
  if (sessionStorage.getItem(KEPT) === userId) return
  sessionStorage.setItem(KEPT, userId)
  await createPush({ api, navigator }).keep(userId)
}
