// What a mentor says of themselves: the values of an application or profile, and their checks.
import { between, count, link } from '../checks.js'
import { t } from '../i18n.js'

const years = (value) => (/^\d{1,2}$/.test(String(value)) && Number(value) <= 60 ? '' : t('check.years'))
const phone = (value) => (/^\+?[\d\s()-]{8,20}$/.test((value ?? '').trim()) ? '' : t('check.phone'))

export const domainChecks = { domains: count(1, 3, 'check.domains') }
export const skillChecks = {
  skills: count(1, 15, 'check.skills'),
  languages: count(1, 10, 'check.languages'),
  experience_years: years,
  phone,
}
export const wordChecks = {
  headline: between(10, 100, 'check.headline'),
  bio: between(50, 2000, 'check.mentor_bio'),
  intro_video_url: link,
}

export const domainValues = ({ domains }) => ({ domains: [...domains] })
export const skillValues = ({ skills, languages, experience_years: experience, phone: number }) => ({
  skills: [...skills],
  languages: [...languages],
  experience_years: experience ?? '',
  phone: number ?? '',
})
export const wordValues = ({ headline, bio, intro_video_url: intro }) => ({
  headline: headline ?? '',
  bio: bio ?? '',
  intro_video_url: intro ?? '',
})

// As the API takes it: numbers are numbers, words without their margins.
export function sent(values) {
  const body = { ...values }
  if ('experience_years' in body) body.experience_years = Number(body.experience_years)
  if ('phone' in body) body.phone = body.phone.trim()
  if ('intro_video_url' in body) body.intro_video_url = body.intro_video_url.trim()
  return body
}
