// Settings: the second factor, signed-in devices, one's data.
import { api, person, setPerson } from '../app.js'
import { code, required } from '../checks.js'
import { download } from '../download.js'
import { form } from '../form.js'
import { t } from '../i18n.js'
import { forget } from '../session.js'
import { feed } from './feed.js'
import { failed, toast, toastNext } from './toasts.js'

// off -> asking -> scanning -> codes -> on; and on -> stopping -> off.
export const secondFactor = () => ({
  ...form({
    values: { code: '' },
    checks: { code },
    send: ({ code: typed }) => api.post('/me/totp/confirm', { code: typed.replace(/\s/g, '') }),
    done({ recovery_codes: codes }) {
      const { codes: list } = this.$refs
      Object.assign(this, { codes, stage: 'codes', state: 'ready' })
      this.values.code = ''
      this.$nextTick(() => list.focus())
    },
  }),
  stage: person.me.totp_enabled ? 'on' : 'off',
  secret: '',
  picture: '',
  codes: [],

  async copy() {
    try {
      await navigator.clipboard.writeText(this.codes.join('\n'))
      toast(t('totp.copied'))
    } catch {
      toast(t('totp.not_copied'), 'bad')
    }
  },
  save() {
    download('peerlearn-recovery-codes.txt', `${t('totp.file_head')}\n\n${this.codes.join('\n')}\n`, 'text/plain')
  },
  async finish() {
    this.codes = []
    this.stage = 'on'
    setPerson(await api.get('/me').catch(() => ({ ...person.me, totp_enabled: true, recovery_codes_left: 10 })))
  },
})

// Turning it on begins with the password: whoever finds a page open must not lock its owner out.
export const totpOn = () => ({
  ...form({
    values: { password: '' },
    checks: { password: required('check.password_missing') },
    send: ({ password }) => api.post('/me/totp', { password }),
    done({ secret, qr_svg: svg }) {
      this.secret = secret.match(/.{1,4}/g).join(' ')
      this.picture = `data:image/svg+xml,${encodeURIComponent(svg)}`
      this.stage = 'scanning'
      this.$nextTick(() => document.querySelector('#f-code').focus())
    },
  }),
  init() {
    this.$nextTick(() => this.$root.querySelector('input').focus())
  },
})

export const totpOff = () =>
  form({
    values: { password: '', code: '' },
    checks: { password: required('check.password_missing'), code: required('check.code') },
    send: async ({ password, code: typed }) => {
      await api.post('/me/totp/disable', { password, code: typed.replace(/\s/g, '') })
      return api.get('/me')
    },
    done(me) {
      setPerson(me)
      this.state = 'ready'
      this.stage = 'off'
      toast(t('totp.is_off'))
    },
  })

export const devices = () => ({
  ...feed(async () => ({ items: (await api.get('/me/devices')).items, next: null })),
  ending: null,
  init() {
    this.load()
  },
  // Words for a device from what its browser says of itself.
  describe({ user_agent: agent }) {
    const find = (pairs) => pairs.find(([, sign]) => sign.test(agent ?? ''))?.[0]
    const browser = find([
      ['Edge', /Edg\//],
      ['Opera', /OPR\//],
      ['Firefox', /Firefox|FxiOS/],
      ['Chrome', /Chrome|CriOS/],
      ['Safari', /Safari/],
    ])
    const system = find([
      ['Android', /Android/],
      ['iPhone', /iPhone/],
      ['iPad', /iPad/],
      ['Windows', /Windows/],
      ['macOS', /Mac OS/],
      ['ChromeOS', /CrOS/],
      ['Linux', /Linux/],
    ])
    return browser && system ? t('devices.name', { browser, system }) : (browser ?? system ?? t('devices.unknown'))
  },
  isPhone: ({ user_agent: agent }) => /Android|iPhone|iPad|Mobile/.test(agent ?? ''),
  async end(device) {
    if (this.ending) return
    this.ending = device.id
    try {
      await api.remove(`/me/devices/${encodeURIComponent(device.id)}`)
      this.items = this.items.filter((each) => each.id !== device.id)
      toast(t('devices.ended'))
    } catch (error) {
      failed(error)
    }
    this.ending = null
  },
})

export const ownData = () => ({
  state: 'ready', // ready -> gathering -> ready
  async take() {
    if (this.state !== 'ready') return
    this.state = 'gathering'
    try {
      download('peerlearn-data.json', JSON.stringify(await api.get('/me/export'), null, 2), 'application/json')
      toast(t('data.saved'))
    } catch (error) {
      failed(error)
    }
    this.state = 'ready'
  },
})

export const deleteForm = () =>
  form({
    values: { password: '' },
    checks: { password: required('check.password_missing') },
    send: ({ password }) => api.post('/me/delete', { password }),
    done() {
      forget()
      toastNext(t('data.deleted'))
      location.assign('/')
    },
  })
