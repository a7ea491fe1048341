// Files of a session: what may be sent, how large they are in words, and the rows of their list. Pure.
import { t } from '../i18n.js'

export const LARGEST = 25 * 1024 * 1024
export const MOST = 50
const TEXT =
  'txt md csv tsv py ipynb json js ts java kt c cpp h cs go rs rb php swift r m jl sql sh tex yaml yml toml css'
export const ENDINGS = new Set(`pdf png jpg jpeg webp gif docx pptx xlsx zip ${TEXT}`.split(' '))

export const accept = [...ENDINGS].map((ending) => `.${ending}`).join(',')

const endingOf = (name) => (name.includes('.') ? name.split('.').pop().toLowerCase() : '')

// What speaks against sending it; the server looks again, at its bytes too.
export function wrongWith({ name, size }, count = 0) {
  if (count >= MOST) return t('files.too_many', { count: MOST })
  if (!ENDINGS.has(endingOf(name))) return t('files.wrong_kind')
  if (!size) return t('files.empty_file')
  return size > LARGEST ? t('files.too_large') : ''
}

export function sizeWords(bytes) {
  if (bytes < 1024) return t('files.bytes', { count: bytes })
  const kilo = bytes / 1024
  if (kilo < 1000) return t('files.kb', { count: Math.round(kilo) })
  const mega = kilo / 1024
  return t(mega < 1000 ? 'files.mb' : 'files.gb', { count: tenth(mega < 1000 ? mega : mega / 1024) })
}

const tenth = (number) => (number < 10 ? Math.round(number * 10) / 10 : Math.round(number))

// The server's list with what is on its way from here: sent files are in it once they have arrived there.
export function rows(items, sending) {
  const known = new Set(items.map(({ id }) => id))
  return [...items, ...sending.filter(({ id }) => !id || !known.has(id))]
}

export const isAwaited = (items) => items.some(({ state }) => state === 'waiting')
