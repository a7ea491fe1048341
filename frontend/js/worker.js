// The service worker, served as /sw.js: shows what is pushed to this browser, and leads to where one can act on it.
const ICON = '/icon-192.png'
const PUSHES = '/api/me/push-subscriptions'
const OURS = { 'X-PeerLearn': '1' }

// What somebody else may have written is text to a notification; where it leads is a place of ours, or the start page.
function placeOf(link) {
  try {
    const url = new URL(link, self.location.origin)
    return url.origin === self.location.origin ? url.href : `${self.location.origin}/`
  } catch {
    return `${self.location.origin}/`
  }
}

function readPush(data) {
  try {
    return data.json() ?? {}
  } catch {
    return {}
  }
}

const windows = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true })
const pathOf = (url) => url.split(/[?#]/)[0]

// Its id is its tag: what comes twice replaces itself without a sound. A push must always show something, unless who it is
// for looks at the very place where it stands: a conversation would ring at each of its lines.
async function show(data) {
  const { id, title, text, link } = readPush(data)
  const place = placeOf(link ?? '/')
  const there = link ? await windows() : []
  if (there.some(({ focused, url }) => focused && pathOf(url) === pathOf(place))) return
  const options = { body: text ?? '', icon: ICON, badge: ICON, data: { link: place, id } }
  if (id) options.tag = id
  return self.registration.showNotification(title || 'PeerLearn', options)
}

// A tab that is there already comes to the front; any other is left alone, as a call may be going on in it.
async function open(link) {
  const tabs = await windows()
  const there = tabs.find((tab) => tab.url.split('#')[0] === link.split('#')[0])
  return there ? there.focus() : self.clients.openWindow(link)
}

// The browser has replaced its subscription by itself; where nobody is signed in any more, the next visit sees to it.
async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options
  const fresh = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)))
  if (!fresh) return
  const { endpoint, keys } = fresh.toJSON()
  const key = btoa(String.fromCharCode(...new Uint8Array(fresh.options.applicationServerKey)))
  const made = key.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const body = JSON.stringify({ endpoint, keys, made_with: made })
  const headers = { 'Content-Type': 'application/json', ...OURS }
  await fetch(PUSHES, { method: 'POST', headers, body, credentials: 'same-origin' })
}

// Who follows an alert has read it: the bell counts it no more. Where the sign-in has lapsed, it stays unread.
async function read(id) {
  const options = { method: 'POST', headers: OURS, credentials: 'same-origin' }
  if (id) await fetch(`/api/notifications/${encodeURIComponent(id)}/read`, options).catch(() => null)
}

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('push', (event) => event.waitUntil(show(event.data)))
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { link, id } = event.notification.data
  event.waitUntil(Promise.all([open(link), read(id)]))
})
