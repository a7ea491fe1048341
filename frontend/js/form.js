// A form as state and one action. What was typed stays, whatever happens; two presses send once.
import { problems, without } from './checks.js'
import { t } from './i18n.js'

// `send(values)` does the work; `checks` are the fields' own. Spread it into a component, or use it as one.
export function form({ values, checks = {}, send, done = () => {} }) {
  return {
    values,
    errors: {},
    problem: '',
    state: 'ready', // ready -> sending -> done, or back to ready with words about why

    async submit() {
      if (this.state === 'sending') return
      this.problem = ''
      this.errors = problems(checks, this.values)
      if (Object.keys(this.errors).length) return this.refuse(t('form.look_again'))
      this.state = 'sending'
      try {
        const answer = await send.call(this, this.values)
        this.state = 'done'
        await done.call(this, answer)
      } catch (error) {
        this.state = 'ready'
        this.errors = known(error.fields, this.values)
        this.refuse(error.message)
      }
    },

    // Says what is wrong and puts the cursor where it can be mended.
    refuse(message) {
      this.state = 'ready'
      this.problem = message
      this.$nextTick(() =>
        (this.$root.querySelector('[aria-invalid="true"]') ?? this.$root.querySelector('[role="alert"]'))?.focus(),
      )
    },

    // An error goes as soon as its field is mended.
    recheck(field) {
      if (!this.errors[field]) return
      if (checks[field]?.(this.values[field], this.values)) return
      this.errors = without(this.errors, field)
      if (!Object.keys(this.errors).length) this.problem = ''
    },
  }
}

// Words for fields the form does not show would be lost: they are left to the message.
const known = (fields = {}, values) => Object.fromEntries(Object.entries(fields).filter(([field]) => field in values))
