// A press on a notification: it is read, and one is led to where one can act.
import { failed } from '../components/toasts.js'
import { mine } from './mine.js'

const PATIENCE = 700 // nobody waits longer for a mark

export const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
  !button && !ctrlKey && !metaKey && !shiftKey && !altKey

// A press that opens another tab marks it, too; the link does the rest.
export async function openNotification(event, item) {
  const link = event.currentTarget.href
  const reading = mine.read(item).catch(() => null)
  if (!isPlain(event) || item.read) return
  event.preventDefault()
  await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  location.assign(link)
}

export const readOne = (item) => mine.read(item).catch(failed)
export const readAll = (items) => mine.readAll(items).catch(failed)
