// The keys of a headset, a keyboard or a lock screen that mute, hide and hang up, where the browser hands them on.

/** `session` is navigator.mediaSession, or nothing; `actions` has togglemicrophone, togglecamera and hangup. */
export function createMediaKeys({ session, actions }) {
  const each = (name, action) => {
    try {
      session?.setActionHandler(name, action)
    } catch {
      // This browser does not know the key.
    }
  }

  for (const [name, action] of Object.entries(actions)) each(name, action)

  return {
    /** What the system shows beside the keys. */
    tell({ mic, camera }) {
      session?.setMicrophoneActive?.(mic)
      session?.setCameraActive?.(camera)
    },
    close() {
      for (const name of Object.keys(actions)) each(name, null)
    },
  }
}
