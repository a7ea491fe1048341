// What one says, in writing, by the browser's own recognition; it ends by itself every now and then and is begun again.

const AGAIN_MS = 300
const FOR_GOOD = new Set(['not-allowed', 'service-not-allowed', 'language-not-supported'])

/** `Recognition` is SpeechRecognition; `news` hears heard(text, final) and failed(). */
export function createHearing({ Recognition, language, news, timers = globalThis }) {
  let wanted = false
  let recognition = null
  let timer = null

  function begin() {
    recognition = Object.assign(new Recognition(), { continuous: true, interimResults: true, lang: language })
    recognition.onresult = ({ results, resultIndex }) => {
      for (const result of [...results].slice(resultIndex)) news.heard(result[0].transcript.trim(), result.isFinal)
    }
    recognition.onerror = ({ error }) => {
      if (!FOR_GOOD.has(error)) return
      wanted = false
      news.failed()
    }
    recognition.onend = () => wanted && (timer = timers.setTimeout(begin, AGAIN_MS))
    recognition.start()
  }

  return {
    start() {
      if (wanted) return
      wanted = true
      begin()
    },
    stop() {
      wanted = false
      timers.clearTimeout(timer)
      recognition?.stop()
    },
  }
}
