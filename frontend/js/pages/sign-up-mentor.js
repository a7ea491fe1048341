// Mentor sign-up in five steps; the application is a draft until the last, so it can be left and taken up again.
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
import { photoField } from '../components/photo.js'
import { accountStep, savingStep, walk } from '../components/sign-up.js'
import { form } from '../form.js'

// Which step asks for which part of the application.
const ASKED_AT = {
  domains: 2,
  skills: 3,
  languages: 3,
  experience_years: 3,
  phone: 3,
  headline: 4,
  bio: 4,
  intro_video_url: 4,
}

function firstOpen({ mentor }) {
  if (!mentor) return 1
  if (mentor.status === 'pending' || mentor.status === 'approved') return 6
  if (!mentor.domains.length) return 2
  if (!mentor.skills.length || !mentor.languages.length || mentor.experience_years === null || !mentor.phone) return 3
  return !mentor.headline || !mentor.bio ? 4 : 5
}

const mentorSignUp = () => walk({ last: 5, firstOpen, leave: () => location.replace('/mentor') })

const patch = (values) => api.patch('/me/mentor', sent(values))

// Somebody with an account already: the same application, begun with one press.
const becomeMentor = () =>
  form({
    values: {},
    send: () => api.post('/me/mentor'),
    done(me) {
      this.advance(me)
    },
  })

const domainsStep = () => savingStep(domainValues(person.me.mentor), domainChecks, patch)
const skillsStep = () => savingStep(skillValues(person.me.mentor), skillChecks, patch)
const wordsStep = () => savingStep(wordValues(person.me.mentor), wordChecks, patch)

const submitStep = () => ({
  ...form({
    values: {},
    async send() {
      try {
        return await api.post('/me/mentor/submit')
      } catch (error) {
        const step = Math.min(...Object.keys(error.fields ?? {}).map((field) => ASKED_AT[field] ?? 5))
        if (step < 5) {
          this.problem = error.message
          this.missing = step
        }
        throw error
      }
    },
    done(me) {
      setPerson(me)
      this.over = true
      this.$nextTick(() => this.$refs.done.focus())
    },
  }),
  missing: 0,
})

start({
  mentorSignUp,
  mentorAccount: () => accountStep('/signup/mentor'),
  becomeMentor,
  domainsStep,
  skillsStep,
  wordsStep,
  submitStep,
  photoField,
})
