// Settings: alerts on this device.
import { api, person } from '../app.js'
import { t } from '../i18n.js'
import { ability, createPush } from '../push/browser.js'
import { failed, toast } from './toasts.js'

// looking -> off, on or a reason why not; off -> turning -> on; on -> turning -> off.
export const pushSwitch = () => ({
  state: 'looking',
  push: null,

  async init() {
    const able = ability()
    if (able !== 'ready') return (this.state = able)
    this.push = createPush({ api, navigator })
    this.state = await this.push.state(person.me.id).catch(() => 'off')
  },
  switched() {
    return this.state === 'on'
  },
  // A browser that cannot: the words say what would help there.
  unable() {
    return ['insecure', 'install', 'unsupported', 'blocked'].includes(this.state)
  },
  why() {
    return this.unable() ? t(`push.${this.state}`) : ''
  },

  async turn() {
    if (this.state !== 'on' && this.state !== 'off') return
    const wanted = this.state === 'off'
    this.state = 'turning'
    try {
      if (wanted) return await this.turnOn()
      await this.push.turnOff()
      this.state = 'off'
      toast(t('push.is_off'))
    } catch (error) {
      this.state = wanted ? 'off' : 'on'
      failed(error.status === undefined ? { message: t('push.failed') } : error)
    }
  },
  async turnOn() {
    if (await this.push.turnOn(person.me.id)) {
      this.state = 'on'
      return toast(t('push.is_on'))
    }
    // Closing the question is no refusal: it may be asked again.
    this.state = ability() === 'blocked' ? 'blocked' : 'off'
    if (this.state === 'off') toast(t('push.not_allowed'), 'bad')
  },
})
