// Learner sign-up in four steps. The first makes the account, the others may be skipped and taken up again.
import { api, person, start } from '../app.js'
import { atMost } from '../checks.js'
import { photoField } from '../components/photo.js'
import { accountStep, onward, savingStep, walk } from '../components/sign-up.js'
import { toastNext } from '../components/toasts.js'
import { t } from '../i18n.js'
import { home } from '../session.js'

function firstOpen(me) {
  if (!me.interests.length) return 2
  if (!me.career_goal && !me.bio) return 3
  return me.photo_url ? 5 : 4
}

function leave(me) {
  toastNext(t('sign_up.welcome', { name: me.name }))
  location.replace(onward(home(me)))
}

const learnerSignUp = () => walk({ last: 4, firstOpen, leave })

const interestsStep = () => ({
  ...savingStep({ interests: [...person.me.interests] }, {}, ({ interests }) => api.patch('/me', { interests })),
  suggestions: t('learner.suggestions').split(', '),
})

const goalStep = () =>
  savingStep(
    { career_goal: person.me.career_goal ?? '', bio: person.me.bio ?? '' },
    { career_goal: atMost(200, 'check.at_most'), bio: atMost(1000, 'check.at_most') },
    (values) => api.patch('/me', values),
  )

start({ learnerSignUp, learnerAccount: () => accountStep('/signup/learner'), interestsStep, goalStep, photoField })
