// Where a mentor is paid out: the account as far as it is shown, and the forms that change it and give the tax number.
import { api, start } from '../app.js'
import { bankForm, panForm, upiForm } from '../components/payee-forms.js'
import { focusSoon } from '../components/focus.js'
import { mentorPage } from '../components/mentor-page.js'
import { toast } from '../components/toasts.js'
import { t } from '../i18n.js'

const page = mentorPage(['earnings'])

const payoutDetails = () => ({
  ...page,
  payee: null, // {kind, masked, holder, blocked_until, pan, pan_masked}, or nobody yet
  kind: 'bank',
  editing: false,
  panning: false,

  init() {
    this.root = this.$root // also for forms that are gone by the time they are done
    this.$watch('stage', (stage) => stage === 'ready' && location.hash === '#pan' && focusSoon(this.root, 'pan'))
    return page.init.call(this)
  },
  async fetchAll() {
    this.show((await api.get('/earnings')).payee) // its own address has nothing, an error to browsers, until there is one
    Object.assign(this, { editing: !this.payee, panning: Boolean(this.payee && !this.payee.pan) })
    if (this.payee) this.kind = this.payee.kind
  },
  async follow() {
    const fresh = await api.get('/earnings').catch(() => null)
    if (fresh) this.show(fresh.payee)
  },
  show(payee) {
    this.payee = payee
  },

  get blocked() {
    return Boolean(this.payee?.blocked_until) && Date.parse(this.payee.blocked_until) > api.now()
  },
  get kindWords() {
    return this.payee.kind === 'upi' ? t('payee.upi') : t('payee.bank')
  },
  edit() {
    this.editing = true
    focusSoon(this.root, 'account')
  },
  leave() {
    this.editing = false
    focusSoon(this.root, 'change')
  },
  askPan() {
    this.panning = true
    focusSoon(this.root, 'pan')
  },
  saved(payee) {
    const first = !this.payee
    this.show(payee)
    Object.assign(this, { editing: false, panning: !this.payee?.pan })
    toast(first ? t('payee.saved') : t('payee.changed'))
    focusSoon(this.root, this.panning ? 'pan' : 'account')
  },
  gavePan(payee) {
    this.show(payee)
    this.panning = false
    toast(t('pan.saved'))
    focusSoon(this.root, 'pan')
  },
})

start({ payoutDetails, bankForm, upiForm, panForm })
