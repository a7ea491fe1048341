// The token of a mail's link. It stands in the fragment, which no server's log sees, and leaves the address bar at once.
const LONG = 20 // shorter fragments are places on the page

// Takes the token out of the address; one kept in this tab, until it is used, survives a reload.
export function mailToken({ keep = false } = {}) {
  const name = `token:${location.pathname}`
  const said = location.hash.slice(1)
  const fresh = said.length >= LONG ? said : ''
  if (fresh) history.replaceState(history.state, '', location.pathname)
  if (fresh && keep) sessionStorage.setItem(name, fresh)
  return fresh || (keep && sessionStorage.getItem(name)) || ''
}

export const tokenUsed = () => sessionStorage.removeItem(`token:${location.pathname}`)

// A link opened in a tab that is on its page already changes nothing but the fragment.
export function onNewToken(take) {
  addEventListener('hashchange', () => {
    if (location.hash.length > LONG) take()
  })
}
