// What one says, in writing, by the browser's own recognition; it ends by itself every now and then and is begun again.

const AGAIN_MS = 300
const HARMLESS = new Set(['no-speech', 'aborted'])
const FOR_GOOD = new Set(['not-allowed', 'service-not-allowed', 'language-not-supported', 'audio-capture'])
const MOST_FAULTS = 4 // in a row, without a word written between them

/** `Recognition` is SpeechRecognition; `news` hears heard(text, final) and failed(). */
export function createHearing({ Recognition, language, news, timers = globalThis }) {
  let wanted = false
  let recognition = null
  let timer = null
  let faults = 0

  function begin() {
    const mine = (recognition = Object.assign(new Recognition(), {
      continuous: true,
      interimResults: true,
      lang: language,
    }))
    const ours = (handle) => (event) => mine === recognition && handle(event)
    mine.onresult = take
    mine.onerror = ours(({ error }) => fault(error))
    mine.onend = ours(() => wanted && (timer = timers.setTimeout(begin, AGAIN_MS * 2 ** faults)))
    mine.start()
  }

  /** What is not yet final comes in pieces, and is one line all the same. */
  function take({ results, resultIndex }) {
    faults = 0
    const fresh = [...results].slice(resultIndex).map((result) => [result[0].transcript.trim(), result.isFinal])
    for (const [text, final] of fresh) if (final) news.heard(text, true)
    const growing = fresh.flatMap(([text, final]) => (final ? [] : [text])).join(' ')
    if (growing) news.heard(growing, false)
  }

  function fault(error) {
    if (HARMLESS.has(error) || (!FOR_GOOD.has(error) && ++faults < MOST_FAULTS)) return
    stop()
    news.failed()
  }

  /** What was said before may still come in writing. */
  function stop() {
    const old = recognition
    wanted = false
    recognition = null
    timers.clearTimeout(timer)
    old?.stop()
  }

  return {
    start() {
      if (wanted) return
      wanted = true
      faults = 0
      begin()
    },
    stop,
  }
}
