// What is large and what is small on the stage; pure.

export const LAYOUTS = ['spotlight', 'side']
export const PLACES = ['bottom-right', 'bottom-left', 'top-left', 'top-right', 'hidden']

/** Whose screens are shared, the latest first; a side that goes on sharing keeps its place. */
export function follow(sharing, { mine, theirs }) {
  const now = { mine, theirs }
  const kept = sharing.filter((side) => now[side])
  const fresh = ['theirs', 'mine'].filter((side) => now[side] && !kept.includes(side))
  return fresh.length ? [...fresh, ...kept] : kept.length === sharing.length ? sharing : kept
}

/** The one who is to be seen comes to the front. */
export const bring = (sharing, side) => [side, ...sharing.filter((each) => each !== side)]

/**
 * {layout, screen, other, self}: `screen` is whose screen is large ('' for none), `other` whose can be had in its place.
 * One's own screen alone is not worth the stage: one sees it anyway, and would see it in itself without end.
 */
export function arrange({ wish, place, sharing, together, panel }) {
  const seen = together && panel !== 'board' && sharing.includes('theirs') ? sharing : []
  const self = place === 'hidden' ? '' : place
  if (seen.length) return { layout: 'screen', screen: seen[0], other: seen[1] ?? '', self }
  const side = together && (wish === 'side' || panel === 'board')
  return { layout: side && self ? 'side' : 'spotlight', screen: '', other: '', self }
}
