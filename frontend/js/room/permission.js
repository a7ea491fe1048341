// Why a camera or microphone could not be had, in one word each: denied, system, none, busy or failed.

const NAMES = { mic: 'microphone', camera: 'camera' }

export async function ask(devices, constraints) {
  if (!devices?.getUserMedia) throw Object.assign(new Error('No devices here.'), { name: 'NotFoundError' })
  return devices.getUserMedia(constraints)
}

/** The word for an error; '' when the error may be the other kind's fault, so that this one is worth asking for alone. */
export async function wordFor(error, kind, { permissions, alone }) {
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') {
    if (/system/i.test(error.message)) return 'system' // the browser may, but the machine forbids it the browser
    if (alone) return 'denied'
    return (await remembered(permissions, kind)) === 'denied' ? 'denied' : ''
  }
  if (!alone) return ''
  if (error.name === 'NotFoundError' || error.name === 'OverconstrainedError') return 'none'
  if (error.name === 'NotReadableError' || error.name === 'AbortError') return 'busy'
  return 'failed'
}

async function remembered(permissions, kind) {
  try {
    return (await permissions.query({ name: NAMES[kind] })).state
  } catch {
    return 'unknown' // Firefox does not answer for these
  }
}
