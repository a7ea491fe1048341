// The wizard's drafts as the server keeps them.
import { paise } from '../pitch/pitch.js'

export const newDraftId = () => `dra_${crypto.randomUUID()}`

// What is worth keeping: fields with something in them.
export function kept(values, step) {
  const { duration_minutes: minutes, price, ...rest } = values
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.length))
  const amount = paise(price)
  return { ...said, duration_minutes: Number(minutes), ...(amount ? { price_paise: amount } : {}), step }
}

export function restored(blank, fields) {
  const { duration_minutes: minutes, price_paise: amount, step, ...rest } = fields
  const values = { ...blank, ...rest }
  if (minutes) values.duration_minutes = String(minutes)
  if (amount) values.price = String(amount / 100)
  return { values, step: step ?? 1 }
}

export const isWorthKeeping = ({ title, description, topics, date }) =>
  Boolean(title.trim() || description.trim() || topics.length || date)
