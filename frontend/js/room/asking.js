// Questions to the server over the socket, in the name of whoever holds the room's pass: each is answered, refused or given up.

const PATIENCE_MS = 8000

/** What the server, or nobody, said to a question; `code` is the server's word, or `no_line` or `no_answer`. */
export class Refusal extends Error {
  constructor(code, words = '') {
    super(words)
    this.code = code
  }
}

/** `live` is the tab's socket; `pass()` gives the room's pass at hand. */
export function createAsking({ live, topic, pass, newId, timers = globalThis }) {
  const waiting = new Map()
  const answers = new Set()

  function settle(id, how, what) {
    const question = waiting.get(id)
    if (!question) return
    waiting.delete(id)
    timers.clearTimeout(question.timer)
    question[how](what)
  }

  const answered = (message) => settle(message.id, 'resolve', message.data)

  const offs = [
    live.on('error', ({ id, data }) => settle(id, 'reject', new Refusal(data.code, data.message))),
    live.on('state', ({ data }) => {
      if (data.state !== 'open') for (const id of [...waiting.keys()]) settle(id, 'reject', new Refusal('no_line'))
    }),
  ]

  return {
    /** Resolves to the data of the answer, which the server gives the type `answer`. */
    ask(type, data, answer) {
      const id = `${type}-${newId()}`.slice(0, 64)
      return new Promise((resolve, reject) => {
        const timer = timers.setTimeout(() => settle(id, 'reject', new Refusal('no_answer')), PATIENCE_MS)
        waiting.set(id, { resolve, reject, timer })
        listen(answer)
        if (!live.send({ type, topic, id, data: { ...data, pass: pass() } }))
          settle(id, 'reject', new Refusal('no_line'))
      })
    },
    /** To the server, without an answer; false while there is no line. */
    send: (type, data) => live.send({ type, topic, data: { ...data, pass: pass() } }),
    /** What the server says in this room of its own accord. */
    hear: (type, handler) =>
      live.on(type, (message) => message.topic === topic && handler(message.data ?? {}, message)),
    close() {
      for (const off of offs.splice(0)) off()
      for (const id of [...waiting.keys()]) settle(id, 'reject', new Refusal('no_line'))
    },
  }

  function listen(answer) {
    if (answers.has(answer)) return
    answers.add(answer)
    offs.push(live.on(answer, answered))
  }
}
