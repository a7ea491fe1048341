// A mentor's profile, edited whole; an application that came back is sent again from here.
import { api, person, setPerson, start } from '../app.js'
import {
  domainChecks,
  domainValues,
  sent,
  skillChecks,
  skillValues,
  wordChecks,
  wordValues,
} from '../components/mentor-profile.js'
import { instantSessions } from '../components/instant-sessions.js'
import { photoField } from '../components/photo.js'
import { signedInPage } from '../components/signed-in.js'
import { toast } from '../components/toasts.js'
import { form } from '../form.js'
import { t } from '../i18n.js'

const mentorPage = () => {
  const page = signedInPage()
  return {
    ...page,
    async load() {
      await page.load.call(this)
      if (this.stage !== 'ready') return
      const status = person.me.mentor?.status ?? 'none'
      if (status === 'none' || status === 'draft') location.replace('/sign-up/mentor')
    },
  }
}

const mentorProfile = () => {
  const { mentor } = person.me
  return {
    ...form({
      values: { ...domainValues(mentor), ...skillValues(mentor), ...wordValues(mentor) },
      checks: { ...domainChecks, ...skillChecks, ...wordChecks },
      async send(values) {
        const me = await api.patch('/me/mentor', sent(values))
        return this.returned ? api.post('/me/mentor/submit') : me
      },
      done(me) {
        const again = this.returned
        setPerson(me)
        Object.assign(this, { state: 'ready', returned: me.mentor.status === 'returned' })
        toast(t(again ? 'settings.sent_again' : 'settings.saved'))
      },
    }),
    returned: mentor.status === 'returned',
  }
}

start({ instantSessions, mentorPage, mentorProfile, photoField })
