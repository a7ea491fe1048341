// What two people wrote together, as a text of its own: fetched, merged and put among one's downloads on demand.
import * as Y from '../../vendor/yjs/yjs.js'
import { storage } from '../api.js'
import { unpack } from '../room/together/snapshot.js'

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

export async function fetchTexts(links, http = storage) {
  const asked = links.filter(Boolean).map(async (link) => {
    const answer = await http(link)
    if (!answer.ok) throw new Error(`notes: ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  })
  return textsOf(await Promise.all(asked))
}

export function asMarkdown({ notes, code }, title) {
  const parts = [`# ${title}`, notes.trim(), code.trim() && `\`\`\`\n${code.replace(/\s+$/, '')}\n\`\`\``]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
