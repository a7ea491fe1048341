// Payouts in words: where one is, what it means, and what to do when it came back.
import { t } from '../i18n.js'

const BADGES = {
  asked: '',
  on_its_way: 'badge-tint',
  at_the_bank: 'badge-tint',
  held: 'badge-accent',
  arrived: 'badge-good',
  came_back: 'badge-bad',
  not_sent: 'badge-bad',
}
const STATES = {
  asked: 'asked',
  begun: 'on_its_way',
  sending: 'on_its_way',
  sent: 'at_the_bank',
  processed: 'arrived',
  failed: 'came_back',
  reversed: 'came_back',
  refused: 'not_sent',
  held: 'held',
}

export const stateOf = ({ status }) => STATES[status] ?? 'on_its_way'
export const badgeOf = (payout) => BADGES[stateOf(payout)]
export const stateWords = (payout) => t(`payout.state.${stateOf(payout)}`)
export const meaning = (payout) => t(`payout.meaning.${stateOf(payout)}`)

// Whether the mentor has something to mend before asking again.
export const wantsMending = (payout) => stateOf(payout) === 'came_back'

// What the bank or the gateway said, where it said anything.
export const reason = ({ words }) => (words ? t('payout.reason', { words }) : '')
