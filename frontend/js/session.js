// Who is signed in, and where they were going.
import { api } from './api.js'

let asked = null

// A readable cookie says whether it is worth asking; it proves nothing.
export const seemsSignedIn = () => /(?:^|; )signed_in=/.test(document.cookie)

// The person signed in, or null; asked for once a page unless `fresh`.
export function whoAmI({ fresh = false } = {}) {
  if (!seemsSignedIn()) return Promise.resolve(null)
  if (!asked || fresh) {
    asked = api.get('/me', {}, { quiet: true }).then(remember, (error) => {
      asked = null
      if (error.status !== 401) throw error
      return forget()
    })
  }
  return asked
}

// Keeps what the next page's first paint needs.
export function remember(me) {
  asked = Promise.resolve(me)
  localStorage.setItem('roles', me.roles.join(' '))
  Object.assign(document.documentElement.dataset, { signedIn: '', roles: me.roles.join(' ') })
  return me
}

export function forget() {
  asked = null
  localStorage.removeItem('roles')
  sessionStorage.removeItem('alerts_kept')
  document.cookie = 'signed_in=; Max-Age=0; Path=/; SameSite=Strict'
  delete document.documentElement.dataset.signedIn
  return null
}

// The person signed in; else off to sign in, and back here afterwards.
export async function mustBeSignedIn() {
  const me = await whoAmI()
  if (!me) return new Promise(() => location.replace(signInPath()))
  signInWhenLapsed()
  return me
}

// On pages that are about the person: a sign-in that cannot be renewed any more leads to sign in, and back here.
export function signInWhenLapsed() {
  api.onSignedOut(() => {
    forget()
    location.assign(signInPath())
  })
}

export const here = () => location.pathname + location.search + location.hash

export const signInPath = (back = here()) => `/sign-in?next=${encodeURIComponent(back)}`

// A place on this site, or the fallback: never another origin, whatever the address bar was made to say.
// A backslash is another slash to browsers, and an encoded one may be decoded on the way.
export function safeNext(wanted, fallback, origin = globalThis.location?.origin) {
  if (!/^\/(?!\/)/.test(wanted ?? '') || /\\|%5c/i.test(wanted)) return fallback
  try {
    const url = new URL(wanted, origin)
    const inside = url.origin === origin && !/^\/(\/|(api|ws|sign-in)(\/|$))/.test(url.pathname)
    return inside ? url.pathname + url.search + url.hash : fallback
  } catch {
    return fallback
  }
}

// Where somebody starts who was not going anywhere in particular.
export function home(me) {
  if (me.roles.includes('admin')) return '/admin'
  return me.mentor ? '/mentor' : '/dashboard'
}

export const nextAfterSignIn = (me) => safeNext(new URLSearchParams(location.search).get('next'), home(me))

// What a press of a button was for, kept through sign-in in this tab, for half an hour.
export function keepIntent(name, value) {
  sessionStorage.setItem('intent', JSON.stringify({ name, value, at: Date.now() }))
}

export function takeIntent(name, value) {
  const kept = JSON.parse(sessionStorage.getItem('intent') ?? 'null')
  if (kept?.name !== name || kept.value !== value) return false
  sessionStorage.removeItem('intent')
  return Date.now() - kept.at < 30 * 60_000
}
