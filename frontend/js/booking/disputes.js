// Something went wrong at a session: how far its review has come, said to the one of its two people who looks.
import { t } from '../i18n.js'
import { amount } from '../show.js'
import { when } from '../time.js'

export const SHORTEST = 20
export const LONGEST = 2000

// Words about a text that is to be sent, or ''.
export function textFault(text) {
  const length = [...text.trim()].length
  if (length < SHORTEST) return t('dispute.too_short', { least: SHORTEST })
  return length > LONGEST ? t('check.at_most', { most: LONGEST }) : ''
}

function decisionWords({ percent, paise }, viewer, name) {
  const who = viewer === 'mentor' ? 'mentor' : 'learner'
  if (!percent) return t(`dispute.kept.${who}`, { name })
  return t(`dispute.back.${who}`, { name, percent, amount: amount(paise) })
}

// What we look into ourselves, nobody has said.
export const isSaid = ({ kind }) => kind !== 'left_early'

function titleOf(dispute, mentor, name) {
  if (!isSaid(dispute)) return t('dispute.ours')
  return mentor ? t('dispute.theirs', { name }) : t('dispute.yours')
}

// {title, text}: where it stands and whose turn it is.
export function disputeWords(dispute, { viewer, name, zone, now }) {
  const { status, answer_by: answerBy, decide_by: decideBy, decision } = dispute
  const mentor = viewer === 'mentor'
  if (status === 'decided') return { title: t('dispute.decided'), text: decisionWords(decision, viewer, name) }
  const title = titleOf(dispute, mentor, name)
  if (status === 'open' && now < Date.parse(answerBy)) {
    const words = { name, when: when(answerBy, zone) }
    return { title, text: t(mentor ? 'dispute.answer_by_mentor' : 'dispute.answer_by', words) }
  }
  return { title, text: t('dispute.decide_by', { when: when(decideBy, zone) }) }
}
