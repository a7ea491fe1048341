// How loud the microphone is, from 0 to 1, ten times a second.

const EVERY_MS = 100

/** `Context` is AudioContext; a browser may hold it until the first touch of the page, so `wake` comes with one. */
export function createLevel({ Context, hear, timers = globalThis }) {
  let context = null
  let source = null
  let timer = null

  function measure(analyser, wave) {
    analyser.getFloatTimeDomainData(wave)
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length
    hear(Math.max(0, Math.min(1, 1 + Math.log10(Math.sqrt(power) + 1e-6) / 2.5)))
  }

  function stop() {
    timers.clearInterval(timer)
    source?.disconnect()
    source = timer = null
  }

  return {
    follow(track) {
      stop()
      if (!track || !Context) return hear(0)
      context ??= new Context()
      const analyser = context.createAnalyser()
      analyser.fftSize = 1024
      source = context.createMediaStreamSource(new MediaStream([track]))
      source.connect(analyser)
      const wave = new Float32Array(analyser.fftSize)
      timer = timers.setInterval(() => measure(analyser, wave), EVERY_MS)
    },
    wake: () => context?.state === 'suspended' && context.resume(),
    close() {
      stop()
      context?.close()
      context = null
    },
  }
}
