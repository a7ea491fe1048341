// A coupon as it is typed, checked and sent.
import { t } from '../i18n.js'
import { typed } from '../earnings/rupees.js'
import { percentOf } from './deciding.js'

export const BLANK = { code: '', sort: 'percent', percent: '', amount_paise: '', budget_paise: '', expires_on: '' }

const code = (value) => (/^[A-Z0-9]{4,20}$/.test(plain(value)) ? '' : t('check.coupon_code'))
const plain = (value) => (value ?? '').replace(/\s/g, '').toUpperCase()
const within = (value, most) => typed(value) >= 100 && typed(value) <= most

export const CHECKS = {
  code,
  percent: (value, { sort }) => (sort === 'amount' || percentOf(value) ? '' : t('check.coupon_percent')),
  amount_paise: (value, { sort }) => (sort === 'percent' || within(value, 50_000_00) ? '' : t('check.coupon_amount')),
  budget_paise: (value) => (within(value, 1_00_00_000_00) ? '' : t('check.coupon_budget')),
  expires_on: (value) => (value ? '' : t('check.date')),
}

export const sent = ({ sort, ...values }) => ({
  code: plain(values.code),
  expires_on: values.expires_on,
  budget_paise: typed(values.budget_paise),
  percent: sort === 'percent' ? percentOf(values.percent) : 0,
  amount_paise: sort === 'amount' ? typed(values.amount_paise) : 0,
})
