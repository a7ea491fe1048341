// What two people wrote together, as a text of its own: fetched, merged and put among one's downloads on demand.
import * as Y from '../../vendor/yjs/yjs.js'
import { storage } from '../api.js'
import { t } from '../i18n.js'
import { createKeep } from '../room/together/keep.js'
import { pack, unpack } from '../room/together/snapshot.js'

// Both sides' snapshots as one document; one that cannot be read is left out.
export function textsOf(snapshots) {
  const doc = new Y.Doc()
  for (const bytes of snapshots) {
    const update = bytes && unpack(bytes)
    try {
      if (update) Y.applyUpdate(doc, update)
    } catch {
      continue
    }
  }
  return { notes: doc.getText('notes').toString(), code: doc.getText('code').toString() }
}

// Those there are at these links; a failure says so in words.
export async function fetchSnapshots(links, http = storage) {
  const asked = links.map(async (link) => {
    const answer = await http(link, { credentials: 'omit' }).catch(() => null)
    if (answer?.status === 404) return null
    if (!answer?.ok) throw new Error(t('after.fetch_failed'))
    return new Uint8Array(await answer.arrayBuffer())
  })
  return (await Promise.all(asked)).filter(Boolean)
}

// What the server never got of a session, because the network was away: it is in this browser.
export async function keptSnapshots(sessionId, keepFor = createKeep) {
  const kept = await Promise.all(['mentor', 'learner'].map((side) => keepFor(`${sessionId}:${side}`).read()))
  return kept.filter(Boolean).map((update) => pack(update))
}

export function asMarkdown({ notes, code }, title) {
  const parts = [`# ${title}`, notes.trim(), code.trim() && `\`\`\`\n${code.replace(/\s+$/, '')}\n\`\`\``]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
