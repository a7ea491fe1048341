// Two notes through the chosen loudspeaker.

const NOTES = [523.25, 783.99]
const EACH_S = 0.45

/** `Context` is AudioContext; `player` an audio element. Resolves when it has been played, rejects where it cannot be. */
export async function playTone({ Context, player, speaker, timers = globalThis }) {
  const context = new Context()
  try {
    const out = context.createMediaStreamDestination()
    NOTES.forEach((pitch, index) => note(context, out, pitch, context.currentTime + 0.1 + index * EACH_S))
    player.srcObject = out.stream
    await player.setSinkId?.(speaker === 'default' ? '' : speaker)
    await context.resume()
    await player.play()
    await new Promise((resolve) => timers.setTimeout(resolve, (NOTES.length * EACH_S + 0.4) * 1000))
  } finally {
    player.srcObject = null
    await context.close()
  }
}

function note(context, out, pitch, at) {
  const sound = context.createOscillator()
  const loud = context.createGain()
  sound.frequency.value = pitch
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(0.25, at + 0.03)
  loud.gain.linearRampToValueAtTime(0, at + EACH_S)
  sound.connect(loud).connect(out)
  sound.start(at)
  sound.stop(at + EACH_S)
}
