// The only place that fetches. Signs the session on again once when it has lapsed, and turns every failure into an ApiError.
import { t } from './i18n.js'

const PATIENCE = 20_000
const REFRESHED = 'refreshed_at'

export class ApiError extends Error {
  constructor(status, code, message, { fields = {}, retryAfter = 0, current = null } = {}) {
    super(message)
    Object.assign(this, { name: 'ApiError', status, code, fields, retryAfter, current })
  }
  /** The network's fault or the server's: another time it may work. */
  get passes() {
    return !this.status || this.status === 429 || this.status >= 500
  }
}

// Sent as Idempotency-Key, so that the same press of a button never does a thing twice.
export const newKey = () => crypto.randomUUID()

// One at a time over all tabs, where the browser can.
const alone = (work) => (navigator.locks ? navigator.locks.request('peerlearn-refresh', work) : work())

export function createApi({ fetch, locks = alone, store = localStorage, now = () => Date.now() }) {
  let skew = 0
  let whenSignedOut = () => {}
  let whenMissed = () => {}

  async function send(method, path, { body, query, key } = {}) {
    const headers = { Accept: 'application/json' }
    if (method !== 'GET') headers['X-PeerLearn'] = '1'
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (key) headers['Idempotency-Key'] = key
    const options = { method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) }
    if (body !== undefined) options.body = JSON.stringify(body)
    try {
      return await fetch(`/api${path}${queryOf(query)}`, options)
    } catch (error) {
      if (error.name === 'TimeoutError') throw new ApiError(0, 'timeout', t('error.timeout'))
      throw new ApiError(0, 'offline', t('error.offline'))
    }
  }

  // True once the session is good again, whether we renewed it or another tab just did.
  const refresh = (since) =>
    locks(async () => {
      const refreshed = Number(store.getItem(REFRESHED))
      if (refreshed > since && refreshed <= now()) return true // later than now: the clock was set back since
      const answer = await send('POST', '/auth/refresh')
      if (answer.status >= 500 || answer.status === 429) throw await failure(answer)
      if (answer.ok) store.setItem(REFRESHED, String(now()))
      return answer.ok
    })

  async function call(method, path, options = {}) {
    const since = now()
    let answer = await send(method, path, options)
    if (answer.status === 401) {
      let error = await failure(answer)
      if (error.code === 'signed_out' && (await refresh(since))) {
        answer = await send(method, path, options)
        error = answer.status === 401 ? await failure(answer) : null
      }
      if (error?.code === 'signed_out' && !options.quiet) whenSignedOut()
      if (error) throw error
    }
    if (!answer.ok) throw await failure(answer)
    keepTime(path, answer)
    return answer.status === 204 || answer.status === 202 ? null : answer.json()
  }

  // The clock of the server, by answers that no cache can have kept.
  function keepTime(path, answer) {
    const date = path.startsWith('/me') && Date.parse(answer.headers.get('Date') ?? '')
    if (date && Math.abs(date - now()) > 2000) skew = date - now()
    else if (date) skew = 0
  }

  return {
    get: (path, query, options) =>
      call('GET', path, { query, ...options }).catch((error) => {
        if (error.passes) whenMissed(error)
        throw error
      }),
    post: (path, body, options) => call('POST', path, { body, ...options }),
    put: (path, body, options) => call('PUT', path, { body, ...options }),
    patch: (path, body, options) => call('PATCH', path, { body, ...options }),
    remove: (path, options) => call('DELETE', path, options),
    now: () => now() + skew,
    onSignedOut: (handler) => (whenSignedOut = handler),
    onMissed: (handler) => (whenMissed = handler), // what should have been fetched was not
  }
}

function queryOf(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length ? `?${new URLSearchParams(given)}` : ''
}

async function failure(answer) {
  const { error, current } = await answer.json().catch(() => ({}))
  const retryAfter = Number(answer.headers.get('Retry-After')) || 0
  if (error?.code) {
    return new ApiError(answer.status, error.code, error.message, { fields: error.fields, retryAfter, current })
  }
  const code = answer.status === 429 ? 'slow_down' : 'unavailable'
  return new ApiError(answer.status, code, t(`error.${code}`), { retryAfter })
}

// A presigned form sent straight to storage; fetch cannot tell how far it is, so this is an XMLHttpRequest.
export function upload({ url, fields }, file, onProgress) {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file)
    const request = new XMLHttpRequest()
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new ApiError(request.status, 'upload_refused', t('error.upload_refused')))
    request.onerror = () => reject(new ApiError(0, 'offline', t('error.offline')))
    request.open('POST', url)
    request.send(form)
  })
}

// Straight to storage, by a link that the API has signed.
export const storage = (url, options) => globalThis.fetch(url, options)

export const api = globalThis.document ? createApi({ fetch: (...call) => globalThis.fetch(...call) }) : null
