// Three versions as the API has them: what was read here, what it was made into, and what somebody saved meanwhile.
const LIMITS = [
  'buffer_before_minutes',
  'buffer_after_minutes',
  'notice_minutes',
  'horizon_days',
  'daily_most',
  'start_every_minutes',
]

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
const spans = ({ blackouts }) => new Map(blackouts.map((each) => [`${each.from}/${each.to}`, each]))
const dates = ({ overrides }) => new Map(overrides.map((each) => [each.date, each]))
const inOrder = (map) => [...map].sort(([one], [other]) => one.localeCompare(other)).map(([, each]) => each)

// A map where each key changed here is as it is here, and every other as it is there.
function over(base, mine, theirs) {
  const made = new Map(theirs)
  for (const key of new Set([...base.keys(), ...mine.keys()])) {
    if (same(base.get(key), mine.get(key))) continue
    if (mine.has(key)) made.set(key, mine.get(key))
    else made.delete(key)
  }
  return made
}

// What was changed here, on top of theirs: days, dates, time off and rules each for themselves.
export function onTop(base, mine, theirs) {
  const entries = ({ weekly }) => new Map(Object.entries(weekly))
  const ours = (name) => (same(base[name], mine[name]) ? theirs : mine)[name]
  const away = same([base.away, base.away_until], [mine.away, mine.away_until]) ? theirs : mine
  return {
    weekly: Object.fromEntries(over(entries(base), entries(mine), entries(theirs))),
    overrides: inOrder(over(dates(base), dates(mine), dates(theirs))),
    blackouts: inOrder(over(spans(base), spans(mine), spans(theirs))),
    ...Object.fromEntries(LIMITS.map((name) => [name, ours(name)])),
    away: away.away,
    away_until: away.away_until,
  }
}
