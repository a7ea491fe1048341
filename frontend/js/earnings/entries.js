// What moved a mentor's money, in words; where it leads; and a name for each line of the list.
import { t } from '../i18n.js'

const KNOWN = new Set([
  'captured',
  'refund',
  'available',
  'payout',
  'paid_out',
  'payout_back',
  'chargeback',
  'written_off',
])

export const entryWords = ({ what }) => (KNOWN.has(what) ? t(`entry.${what}`) : t('entry.other'))
export const entryText = ({ what }) => (KNOWN.has(what) ? t(`entry.text.${what}`) : '')
export const bookingLink = ({ booking_id: id }) => (id ? `/bookings/${encodeURIComponent(id)}` : '')

// The API's lines have no ids of their own.
const nameOf = ({ at, what, booking_id: booking, payout_id: payout, ...sums }) =>
  [at, what, booking, payout, sums.pending_paise, sums.available_paise, sums.in_flight_paise].join(' ')

export const named = (items) => items.map((each) => ({ ...each, id: nameOf(each) }))
