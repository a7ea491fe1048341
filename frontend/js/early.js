// Runs before the first paint: the stored theme, and whether somebody seems to be signed in.
;(() => {
  const root = document.documentElement
  let stored = null
  let roles = ''
  try {
    stored = localStorage.getItem('theme')
    roles = localStorage.getItem('roles') || ''
  } catch {
    // Storage is closed to us: the system's theme it is.
  }
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored
  if (/(?:^|; )signed_in=/.test(document.cookie)) {
    root.dataset.signedIn = ''
    root.dataset.roles = roles
  }
})()
