// What a person wants to be told and how, as the page edits it and as the server takes it. Pure.
import { t } from '../i18n.js'

const USUAL = { from: '22:00', to: '07:00' } // what is proposed to whoever has no quiet hours yet

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
const wish = ({ mail, push }) => ({ mail, push })

// {groups: {<group>: {mail, push}}, quiet, from, to}
export function editable({ groups, quiet_hours: hours }) {
  const wishes = Object.entries(groups).map(([group, view]) => [group, wish(view)])
  return { groups: Object.fromEntries(wishes), quiet: Boolean(hours), ...(hours ?? USUAL) }
}

const changedGroups = (values, read) =>
  Object.fromEntries(Object.entries(values.groups).filter(([group, each]) => !same(each, read.groups[group])))

// Only groups that differ from what was read.
export const sent = (values, read) => ({
  groups: changedGroups(values, read),
  quiet_hours: values.quiet ? { from: values.from, to: values.to } : null,
})

// What was changed here, on top of what was saved elsewhere meanwhile.
export function rebased(values, read, fresh) {
  const { quiet, from, to } = quietDiffers(values, read) ? values : fresh
  return { groups: { ...fresh.groups, ...changedGroups(values, read) }, quiet, from, to }
}

const quietDiffers = (values, read) =>
  values.quiet !== read.quiet || (values.quiet && (values.from !== read.from || values.to !== read.to))

export const differs = (values, read) =>
  Object.keys(changedGroups(values, read)).length > 0 || quietDiffers(values, read)

// {from, to}: what is wrong with the quiet hours, in words.
export function faultsOf({ quiet, from, to }) {
  if (!quiet) return {}
  const missing = Object.entries({ from, to }).filter(([, clock]) => !clock)
  if (missing.length) return Object.fromEntries(missing.map(([edge]) => [edge, t('preferences.missing')]))
  return from === to ? { to: t('preferences.same') } : {}
}

// A refusal's fields where the page has them: quiet_hours.to is `to`, groups.<group>.mail is `<group>`; the rest is told in words.
export function refused(fields, values) {
  const errors = {}
  const rest = []
  for (const [field, words] of Object.entries(fields)) {
    const [head, part] = field.split('.')
    if (head === 'quiet_hours' && (part === 'from' || part === 'to')) errors[part] = words
    else if (head === 'groups' && part in values.groups) errors[part] = words
    else rest.push(words)
  }
  return { errors, rest }
}
