// What the page shows of the session's time: the timer, a note for a little while, and what can be done about more of it.
import { createWarnings, extensionWord } from './timing.js'
import { endQuestion, extensionSaid, progress, waiting, warned } from './words.js'

const NOTE_MS = 20_000
const IN_CALL = new Set(['waiting', 'connecting', 'in-call', 'reconnecting'])

/** `at` writes a moment as the person reads it; `say` is heard by screen readers, once for each thing. */
export function createTimekeeping({ at, say, wanted }) {
  const warnings = createWarnings()
  let note = { words: '', until: 0 }
  let extension = ''
  let word = ''

  function tell(words, now) {
    note = { words, until: now + NOTE_MS }
    say(words)
  }

  function follow(state, now) {
    const warning = warnings(state.entry, now)
    if (warning) tell(warned(warning, state.entry, at), now)
    if (state.extension && state.extension !== extension)
      tell(extensionSaid(state.extension, state.entry, now, at), now)
    extension = state.extension
    const next = extensionWord(state, now)
    if (next === 'wanted' && word !== 'wanted') say(wanted(state.entry))
    word = next
  }

  return {
    tell,
    /** Everything about time, for the page to show. */
    look(state, now) {
      const shown = IN_CALL.has(state.phase)
      if (shown) follow(state, now)
      return {
        timer: progress(state.entry, now, at),
        note: now < note.until ? note.words : '',
        extension: shown ? word : '',
        wait: state.phase === 'waiting' ? waiting(state, now, at) : { heading: '', text: '', rule: '' },
        question: endQuestion(state, now, at),
      }
    },
  }
}
