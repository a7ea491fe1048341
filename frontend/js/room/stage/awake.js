// Keeps the screen lit during the call; a browser lets go of the lock whenever the page is hidden.

/** `wakeLock` is navigator.wakeLock, or nothing; `page` the document. */
export function createAwake({ wakeLock, page }) {
  let wanted = false
  let lock = null

  async function take() {
    if (!wanted || lock || !wakeLock || page.visibilityState !== 'visible') return
    lock = 'asked'
    try {
      const taken = await wakeLock.request('screen')
      taken.addEventListener('release', () => (lock = null))
      lock = taken
      if (!wanted) free()
    } catch {
      lock = null // a battery that is low refuses it
    }
  }

  function free() {
    lock?.release?.()
  }

  page.addEventListener('visibilitychange', take)

  return {
    keep(yes) {
      if (yes === wanted) return
      wanted = yes
      if (yes) take()
      else free()
    },
    close() {
      wanted = false
      free()
      page.removeEventListener('visibilitychange', take)
    },
  }
}
