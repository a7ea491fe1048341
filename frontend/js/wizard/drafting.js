// The wizard's draft on the server: kept while one types, found again by the page's address, offered again on return.
import { api } from '../app.js'
import { failed } from '../components/toasts.js'
import { t } from '../i18n.js'
import { BLANK } from '../pitch/pitch.js'
import { isWorthKeeping, kept, newDraftId, restored } from './drafts.js'
import { keeper } from './keeper.js'

const path = (id) => `/me/drafts/${encodeURIComponent(id)}`
const blank = () => ({ ...BLANK, date: '', time: '' })

export const drafting = () => ({
  drafts: [], // those left from before, the one saved last first
  draftId: newDraftId(),
  draftState: '', // '' -> saving -> saved; or failed, with words in `draftProblem`
  draftProblem: '',

  async openDrafts(id) {
    const { items } = await api.get('/me/drafts')
    const mine = items.find((each) => each.id === id)
    this.drafts = items.filter((each) => each !== mine)
    this.keeper = keeper({
      save: (fields) => api.put(path(this.draftId), fields),
      told: (...news) => this.told(...news),
    })
    if (mine) this.restore(mine)
    this.hide = () => document.visibilityState === 'hidden' && this.keeper.flush()
    document.addEventListener('visibilitychange', this.hide)
  },
  restore({ id, fields }) {
    const { values, step } = restored(blank(), fields)
    Object.assign(this, { draftId: id, draftState: 'saved', values, reviewed: step === 4 })
    this.goTo(step)
    this.address()
  },
  keep() {
    if (this.stage === 'writing' && isWorthKeeping(this.values)) this.keeper.keep(kept(this.values, this.step))
  },
  async told(state, news) {
    this.draftState = state
    this.draftProblem = state === 'failed' ? news.message : ''
    if (state === 'saved') this.address()
    if (news?.code === 'too_many_drafts') this.drafts = (await api.get('/me/drafts')).items
  },
  // A reload goes on with this draft.
  address() {
    history.replaceState(null, '', `${location.pathname}?draft=${encodeURIComponent(this.draftId)}`)
  },
  isBehind() {
    return Boolean(this.keeper?.behind())
  },
  withDraft(body) {
    return { ...body, draft_id: this.draftId }
  },
  async stopDrafting() {
    document.removeEventListener('visibilitychange', this.hide)
    await this.keeper?.stop()
  },

  draftTitle: ({ fields }) => fields.title || t('wizard.untitled'),
  // Another draft in place of what is written here, which stays among the drafts.
  async goOn(draft) {
    await this.keeper.flush()
    location.assign(`${location.pathname}?draft=${encodeURIComponent(draft.id)}`)
  },
  async throwAway(draft) {
    try {
      await api.remove(path(draft.id))
      this.drafts = this.drafts.filter((each) => each !== draft)
      if (this.draftState === 'failed') this.keep()
    } catch (error) {
      failed(error)
    }
  },
  async startOver() {
    await this.keeper.stop()
    try {
      await api.remove(path(this.draftId))
      location.assign(location.pathname)
    } catch (error) {
      failed(error)
    }
  },
})
