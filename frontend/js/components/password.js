// Shows or hides a password, and says in words how hard it is to guess.
import { strength } from '../checks.js'
import { t } from '../i18n.js'

export const passwordField = () => ({
  state: 'hidden',
  toggle() {
    this.state = this.state === 'hidden' ? 'shown' : 'hidden'
  },
  level: (value, about) => strength(value, about),
  verdict: (value, about) => t(`password.level.${strength(value, about)}`),
})
