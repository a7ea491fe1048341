// What a person wants of their devices, as it is kept from one visit to the next; pure.

const yes = (value) => value !== false
const id = (value) => (typeof value === 'string' ? value : '')

/** What was kept may be of an older page, or of no page of ours at all. */
export function wishesFrom(kept) {
  const found = kept && typeof kept === 'object' ? kept : {}
  const cleaning = found.cleaning ?? {}
  return {
    wanted: { mic: yes(found.mic), camera: yes(found.camera), listen: found.listen === true },
    preferred: { mic: id(found.micId), camera: id(found.cameraId), speaker: id(found.speakerId) },
    cleaning: { echo: yes(cleaning.echo), noise: yes(cleaning.noise), gain: yes(cleaning.gain) },
  }
}

export const wishesOf = ({ wanted, preferred, cleaning }) => ({
  ...wanted,
  micId: preferred.mic,
  cameraId: preferred.camera,
  speakerId: preferred.speaker,
  cleaning: { ...cleaning },
})

/** What the browser is to do with the microphone's sound. */
export const soundConstraints = ({ echo, noise, gain }) => ({
  echoCancellation: echo,
  noiseSuppression: noise,
  autoGainControl: gain,
})

/** The devices a browser tells of, by kind; before it may, they have neither id nor name. */
export function byKind(all) {
  const named = (kind) =>
    all.filter((each) => each.kind === kind && each.deviceId).map(({ deviceId, label }) => ({ id: deviceId, label }))
  return { mic: named('audioinput'), camera: named('videoinput'), speaker: named('audiooutput') }
}
