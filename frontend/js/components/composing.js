// Writing into a conversation: each message is shown at once, is sent under an id of its own, and can be tried again.
import { api, person } from '../app.js'
import { t } from '../i18n.js'
import { live } from '../live.js'
import { changed, merged, sending, without } from '../messages/thread.js'
import { typist } from '../messages/typing.js'
import { ulid } from '../ulid.js'

const LONGEST = 2000
const TOKEN_GOOD = 50 * 60_000

// Part of a conversation.
export const composing = () => ({
  text: '',

  initComposing() {
    this.typist = typist({ tell: () => this.tellTyping() })
  },
  wrote() {
    if (this.text.trim()) this.typist.typed()
  },
  tellTyping() {
    if (Date.now() - this.tokenAt > TOKEN_GOOD) return this.follow()
    live.send({ type: 'typing', topic: `thread:${this.otherId}`, data: { token: this.token } })
  },
  enter(event) {
    if (event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return
    event.preventDefault()
    this.say()
  },
  say() {
    const text = this.text.trim()
    if (!text || this.talk === 'loading') return
    this.talkProblem = text.length > LONGEST ? t('check.at_most', { most: LONGEST }) : ''
    if (this.talkProblem) return
    const key = ulid(Date.now())
    this.messages = [...this.messages, sending(key, text, person.me.id, new Date().toISOString())]
    this.text = ''
    this.typist.rested()
    this.$nextTick(() => this.toEnd())
    return this.send(key)
  },
  async send(key) {
    const { text } = this.messages.find((each) => each.key === key) ?? {}
    const turn = this.turn
    this.messages = changed(this.messages, key, { state: 'sending', problem: '' })
    try {
      const sent = await api.post(this.talkPath(), { id: key, text, about: this.about || null })
      if (turn === this.turn) this.messages = merged(this.messages, [sent])
    } catch (error) {
      if (turn !== this.turn) return
      const problem = error.fields?.text ?? error.message
      this.messages = changed(this.messages, key, { state: 'failed', problem, refused: Boolean(error.fields?.text) })
    }
  },
  // Back into the field, before what has been begun there.
  edit(key) {
    const { text } = this.messages.find((each) => each.key === key)
    this.text = [text, this.text].filter(Boolean).join('\n')
    this.discard(key)
  },
  discard(key) {
    const { write } = this.$refs // from the row itself, which is gone in a moment, nothing would be found
    this.messages = without(this.messages, key)
    this.$nextTick(() => write?.focus())
  },
})
