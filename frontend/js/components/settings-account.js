// Settings: one's profile, password and e-mail.
import { api, person, setPerson } from '../app.js'
import { atMost, email, name, password, required } from '../checks.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { zones } from '../time.js'
import { toast } from './toasts.js'

export function profileForm() {
  const { name: own, zone, interests, career_goal: goal, bio } = person.me
  return {
    ...form({
      values: { name: own, zone, interests: [...interests], career_goal: goal ?? '', bio: bio ?? '' },
      checks: { name, career_goal: atMost(200, 'check.at_most'), bio: atMost(1000, 'check.at_most') },
      send: (values) => api.patch('/me', { ...values, name: values.name.trim() }),
      done(me) {
        setPerson(me)
        this.state = 'ready'
        toast(t('settings.saved'))
      },
    }),
    zoneOptions: zones(zone),
  }
}

export const passwordForm = () =>
  form({
    values: { current: '', new: '' },
    checks: { current: required('check.password_missing'), new: password },
    send: ({ current, new: chosen }) => api.post('/me/password', { current, new: chosen }),
    done() {
      this.values = { current: '', new: '' }
      this.state = 'ready'
      toast(t('settings.password_saved'))
    },
  })

export const emailForm = () =>
  form({
    values: { email: '', password: '' },
    checks: { email, password: required('check.password_missing') },
    send: async ({ email: address, password: own }) => {
      await api.post('/me/email', { email: address.trim(), password: own })
      return api.get('/me')
    },
    done(me) {
      setPerson(me)
      this.values = { email: '', password: '' }
      this.state = 'ready'
      toast(t(me.email_verified ? 'settings.email_both' : 'settings.email_new'))
    },
  })
