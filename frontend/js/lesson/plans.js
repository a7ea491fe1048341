// The plan of a session: what can be done to it, without a page. Pure.
import { t } from '../i18n.js'

export const MOST = { agenda: 30, goals: 20 }
export const LONGEST = 200
const LONGEST_MINUTES = 240

export const isEmpty = (plan) => !plan.agenda.length && !plan.goals.length

export const minutesIn = (plan) => plan.agenda.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)

export const doneIn = (list) => list.filter(({ done }) => done).length

// What the form holds: rows with keys of their own, and an empty one to begin with.
export function draftOf(plan, newKey) {
  const rows = (list) => list.map((each) => ({ ...each, minutes: each.minutes ?? '', key: newKey() }))
  const draft = { agenda: rows(plan.agenda), goals: rows(plan.goals) }
  if (!draft.agenda.length) draft.agenda.push(emptyRow(newKey))
  if (!draft.goals.length) draft.goals.push(emptyRow(newKey))
  return draft
}

export const emptyRow = (newKey) => ({ text: '', minutes: '', done: false, key: newKey() })

// What is sent of a draft; lines without words are dropped.
export function planOf(draft, version) {
  const said = (list) => list.filter(({ text }) => text.trim())
  const agenda = said(draft.agenda).map(({ text, minutes, done }) => ({
    text: text.trim(),
    minutes: minutes === '' || minutes === null ? null : Number(minutes),
    done,
  }))
  const goals = said(draft.goals).map(({ text, done }) => ({ text: text.trim(), done }))
  return { agenda, goals, version }
}

export function faultIn(plan) {
  const wrong = plan.agenda.some(({ minutes }) => minutes !== null && !(minutes >= 1 && minutes <= LONGEST_MINUTES))
  if (wrong || plan.agenda.some(({ minutes }) => minutes !== null && !Number.isInteger(minutes)))
    return t('plan.minutes_fault')
  return ''
}

// Ticked, or not any more: by its place in what was seen, or, in a newer plan, by its words.
export function ticked(plan, list, row, done) {
  const rows = plan[list]
  const at = rows.indexOf(row) >= 0 ? rows.indexOf(row) : rows.findIndex(({ text }) => text === row.text)
  if (at < 0) return plan
  return { ...plan, [list]: rows.map((each, index) => (index === at ? { ...each, done } : each)) }
}

// One row up or down.
export function shifted(rows, index, by) {
  const to = index + by
  if (to < 0 || to >= rows.length) return rows
  const moved = [...rows]
  ;[moved[index], moved[to]] = [moved[to], moved[index]]
  return moved
}
