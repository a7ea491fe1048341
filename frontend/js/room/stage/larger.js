// A picture in a window of its own, and the whole page on the whole screen, where the browser can.

const WEBKIT = 'picture-in-picture'

const float = (video) => {
  if (video.requestPictureInPicture) return video.requestPictureInPicture()
  return video.webkitSetPresentationMode(WEBKIT)
}

/** A picture that is yet to come cannot float. */
const ready = (video) =>
  video.readyState > 0 || new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true }))

/** `page` is the document. */
export function createLarger({ page }) {
  const probe = page.createElement('video')
  const webkit = Boolean(probe.webkitSupportsPresentationMode?.(WEBKIT))

  return {
    floats: Boolean(page.pictureInPictureEnabled) || webkit,
    fills: Boolean(page.fullscreenEnabled),
    get floating() {
      return Boolean(page.pictureInPictureElement)
    },
    get filling() {
      return Boolean(page.fullscreenElement)
    },
    float: async (video) => (page.pictureInPictureElement ? page.exitPictureInPicture() : float(video)),
    fill: async () => (page.fullscreenElement ? page.exitFullscreen() : page.documentElement.requestFullscreen()),
    /** Another picture has become the large one: what floats goes with it. */
    async move(video) {
      if (!page.pictureInPictureElement || page.pictureInPictureElement === video) return
      await ready(video)
      if (page.pictureInPictureElement) await float(video)
    },
    async close() {
      if (page.pictureInPictureElement) await page.exitPictureInPicture().catch(() => {})
      if (page.fullscreenElement) await page.exitFullscreen().catch(() => {})
    },
  }
}
