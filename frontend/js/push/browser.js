// Alerts on this browser: whether it can show them, and its subscription at its maker's push service.
const KEPT = 'push' // whose alerts this browser shows, so that a visit can see to it that it still does

export const webKey = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export function bytesOf(key) {
  const plain = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

// ready, or why not: insecure, install (an iPhone shows alerts of installed apps only), unsupported, blocked.
export function ability(where = globalThis) {
  const { navigator, isSecureContext } = where
  if (!isSecureContext) return 'insecure'
  const able = 'serviceWorker' in navigator && 'PushManager' in where && 'Notification' in where
  const apple =
    /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1)
  if (!able) return apple ? 'install' : 'unsupported'
  return where.Notification.permission === 'denied' ? 'blocked' : 'ready'
}

export function createPush({
  api,
  navigator,
  store = localStorage,
  permission = () => Notification.requestPermission(),
}) {
  const registered = () => navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })

  async function held() {
    const registration = await navigator.serviceWorker.getRegistration('/')
    return registration?.pushManager.getSubscription() ?? null
  }

  // Our own side learns of the browser's, as often as asked.
  async function tell(subscription, key) {
    const { endpoint, keys } = subscription.toJSON()
    return (await api.post('/me/push-subscriptions', { endpoint, keys, made_with: key })).id
  }

  // A subscription made for an earlier key of ours is made anew.
  async function subscribed(key) {
    const registration = await registered()
    await navigator.serviceWorker.ready
    const old = await registration.pushManager.getSubscription()
    const same = old && webKey(old.options.applicationServerKey) === key
    if (old && !same) await old.unsubscribe()
    if (same) return old
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
  }

  return {
    // on or off, for whoever is asking.
    async state(userId) {
      return store.getItem(KEPT) === userId && (await held()) ? 'on' : 'off'
    },
    // Asks for leave first: a browser lets that be done by the press of a button only.
    async turnOn(userId) {
      if ((await permission()) !== 'granted') return false
      const { push_key: key } = await api.get('/config')
      await tell(await subscribed(key), key)
      store.setItem(KEPT, userId)
      return true
    },
    // Both sides forget; ours first, so that nothing is sent any more whatever the browser says.
    async turnOff() {
      const subscription = await held()
      store.removeItem(KEPT)
      if (!subscription) return
      const { endpoint } = subscription.toJSON()
      await api.remove(`/me/push-subscriptions/${await idOf(endpoint)}`)
      await subscription.unsubscribe()
    },
    // On a visit: a person who has signed in anew, or a key that has changed, costs nobody their alerts.
    async keep(userId, granted = Notification.permission === 'granted') {
      if (store.getItem(KEPT) !== userId || !granted) return
      const { push_key: key } = await api.get('/config')
      await tell(await subscribed(key), key)
    },
  }
}

// As the server names a browser.
export async function idOf(endpoint) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)))
  return `psh_${[...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
