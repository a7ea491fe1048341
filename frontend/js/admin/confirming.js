// A form whose act cannot be taken back: once it is filled in rightly, a dialog asks, and only then is it sent.
import { problems } from '../checks.js'
import { form } from '../form.js'
import { t } from '../i18n.js'

// `dialog` is the x-ref of the dialog; the other parts are those of a form.
export const confirmed = ({ dialog, ...parts }) => ({
  ...form(parts),
  ask() {
    if (this.state !== 'ready') return
    Object.assign(this, { problem: '', errors: problems(parts.checks, this.values) })
    if (Object.keys(this.errors).length) return this.refuse(t('form.look_again'))
    this.$refs[dialog].showModal()
  },
  confirm() {
    this.$refs[dialog].close()
    return this.submit()
  },
})
