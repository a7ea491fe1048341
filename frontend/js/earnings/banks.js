// Indian banks by the first four letters of an IFSC, and what can be seen of an account's details before they are sent.
import { t } from '../i18n.js'

// prettier-ignore
const BANKS = {
  AIRP: 'Airtel Payments Bank', AUBL: 'AU Small Finance Bank', BARB: 'Bank of Baroda', BDBL: 'Bandhan Bank',
  BKID: 'Bank of India', CBIN: 'Central Bank of India', CITI: 'Citibank', CIUB: 'City Union Bank', CNRB: 'Canara Bank',
  CSBK: 'CSB Bank', DBSS: 'DBS Bank India', DCBL: 'DCB Bank', DEUT: 'Deutsche Bank', DLXB: 'Dhanlaxmi Bank',
  ESFB: 'Equitas Small Finance Bank', ESMF: 'ESAF Small Finance Bank', FDRL: 'Federal Bank', FINO: 'Fino Payments Bank',
  HDFC: 'HDFC Bank', HSBC: 'HSBC India', IBKL: 'IDBI Bank', ICIC: 'ICICI Bank', IDFB: 'IDFC FIRST Bank',
  IDIB: 'Indian Bank', INDB: 'IndusInd Bank', IOBA: 'Indian Overseas Bank', IPOS: 'India Post Payments Bank',
  JAKA: 'Jammu & Kashmir Bank', JIOP: 'Jio Payments Bank', JSFB: 'Jana Small Finance Bank', KARB: 'Karnataka Bank',
  KKBK: 'Kotak Mahindra Bank', KVBL: 'Karur Vysya Bank', MAHB: 'Bank of Maharashtra', NSPB: 'NSDL Payments Bank',
  PSIB: 'Punjab & Sind Bank', PUNB: 'Punjab National Bank', RATN: 'RBL Bank', SBIN: 'State Bank of India',
  SCBL: 'Standard Chartered Bank', SIBL: 'South Indian Bank', SRCB: 'Saraswat Bank', SURY: 'Suryoday Small Finance Bank',
  SVCB: 'SVC Bank', TMBL: 'Tamilnad Mercantile Bank', UBIN: 'Union Bank of India', UCBA: 'UCO Bank',
  UJVN: 'Ujjivan Small Finance Bank', USFB: 'Ujjivan Small Finance Bank', UTIB: 'Axis Bank', YESB: 'YES Bank',
}
const digits = (text) => String(text ?? '').replace(/[\s-]/g, '')
const letters = (text) =>
  String(text ?? '')
    .replace(/\s/g, '')
    .toUpperCase()

export const bankOf = (ifsc) => BANKS[letters(ifsc).slice(0, 4)] ?? ''

const holder = (value) =>
  /^(?=.*[A-Za-z])[A-Za-z0-9 '_/().-]{4,100}$/.test((value ?? '').trim()) ? '' : t('check.holder')

export const BANK_CHECKS = {
  holder,
  account_number: (value) => (/^\d{9,18}$/.test(digits(value)) ? '' : t('check.account_number')),
  account_number_again: (value, all) => (digits(value) === digits(all.account_number) ? '' : t('check.account_again')),
  ifsc: (value) => (/^[A-Z]{4}0[A-Z0-9]{6}$/.test(letters(value)) ? '' : t('check.ifsc')),
}
export const UPI_CHECKS = {
  holder,
  address: (value) => (/^[a-z0-9._-]{2,256}@[a-z][a-z0-9]{1,63}$/i.test((value ?? '').trim()) ? '' : t('check.upi')),
}
export const pan = (value) => (/^[A-Z]{5}\d{4}[A-Z]$/.test(letters(value).replaceAll('-', '')) ? '' : t('check.pan'))
