// Devices asked for of the browser, as one wishes them.
import { ask } from './permission.js'
import { soundConstraints } from './wishes.js'

const GONE = ['OverconstrainedError', 'NotFoundError']

/** `picture.start` is what a camera begins with; `preferred` names the wished-for device of each kind. */
export function createTaking({ devices, picture, preferred, cleaning, kinds }) {
  const constraints = (kind, id = preferred[kind]) => ({
    ...(kind === 'camera' ? picture.start : soundConstraints(cleaning)),
    ...(id && { deviceId: { exact: id } }),
  })

  return {
    /** In one question, so that the browser asks once. */
    all: (wanted) => ask(devices, Object.fromEntries(wanted.map((kind) => [kinds[kind], constraints(kind)]))),
    /** The preferred device, or any: one that is gone must not keep the person out. */
    async one(kind) {
      try {
        return await ask(devices, { [kinds[kind]]: constraints(kind) })
      } catch (error) {
        if (!preferred[kind] || !GONE.includes(error.name)) throw error
        return ask(devices, { [kinds[kind]]: constraints(kind, '') })
      }
    },
  }
}
