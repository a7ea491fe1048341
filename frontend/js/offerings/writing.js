// One offering being written, at an address of its own on the page (#new, #copy-off_…, #off_…): Back leads to the list, and
// what is not saved is still there on return.
import { api, newKey } from '../api.js'
import { problems, without } from '../checks.js'
import { toast } from '../components/toasts.js'
import { t } from '../i18n.js'
import { asDraft, BLANK, CHECKS, onTop, same, sent, SHOWN_AT, typed } from '../pitch/pitch.js'

const path = (id, move = '') => `/me/offerings/${encodeURIComponent(id)}${move}`
const MOST_TITLE = 100
export const newKeys = () => ({ draft: newKey(), published: newKey() })

export const writing = () => ({
  place: '', // which one is written: new, copy-<id> or its id; '' for the list
  offering: null, // as it was read, if it is there already
  values: { ...BLANK },
  begun: { ...BLANK }, // as the form was when it was opened
  errors: {},
  problem: '',
  unsent: {}, // by place: what was typed and not saved
  saving: '', // draft or published, while it is under way
  keys: newKeys(),

  write(place) {
    location.hash = place
  },
  backToList() {
    location.hash = ''
  },
  // The address has changed: another form, or the list.
  turn() {
    const before = this.place
    this.stash()
    this.place = this.opened(location.hash.slice(1))
    if (before === this.place) return
    this.$nextTick(() => this.root.querySelector(this.place ? '[data-form] h2' : 'h1')?.focus())
    scrollTo(0, 0)
  },
  opened(place) {
    const of = (id) => this.items.find((each) => each.id === id)
    const source = of(place.replace(/^copy-/, ''))
    if (place !== 'new' && !source) return ''
    this.offering = of(place) ?? null
    if (this.offering?.status === 'archived') return ''
    this.begun = this.offering ? typed(this.offering) : this.blank(source)
    const values = { ...this.begun, ...this.unsent[place] }
    Object.assign(this, { values, errors: {}, problem: '', keys: newKeys() })
    return place
  },
  blank(source) {
    if (!source) return { ...BLANK, domain: this.fields[0] ?? '' }
    return { ...typed(source), title: t('offerings.copy_of', { title: source.title }).slice(0, MOST_TITLE) }
  },

  isDirty() {
    return Boolean(this.place) && !same(this.values, this.begun)
  },
  notSaved() {
    return Object.entries(this.unsent).map(([place, { title }]) => ({ place, title: title.trim() }))
  },
  stash() {
    if (this.isDirty()) this.unsent = { ...this.unsent, [this.place]: this.values }
    else this.forget()
  },
  forget() {
    this.unsent = without(this.unsent, this.place)
  },
  discard() {
    this.values = { ...this.begun }
    this.backToList()
  },

  recheck(field) {
    if (!this.errors[field] || CHECKS[field]?.(this.values[field])) return
    this.errors = without(this.errors, field)
    if (!Object.keys(this.errors).length) this.problem = ''
  },

  // To be a draft, or on offer.
  async save(status) {
    if (this.saving) return
    this.errors = problems(status === 'draft' ? asDraft(CHECKS) : CHECKS, this.values)
    if (Object.keys(this.errors).length) return this.say(t('form.look_again'))
    Object.assign(this, { saving: status, problem: '' })
    try {
      const saved = this.offering ? await this.change(status) : await this.create(status)
      this.begun = { ...this.values }
      this.put(saved)
      toast(t(`offerings.saved.${saved.status}`, { title: saved.title }))
      this.backToList()
    } catch (error) {
      await this.refuse(error)
    }
    this.saving = ''
  },
  create(status) {
    return api.post('/me/offerings', { ...sent(this.values), status }, { key: this.keys[status] })
  },
  async change(status) {
    const saved = await api.put(path(this.offering.id), { ...sent(this.values), version: this.offering.version })
    Object.assign(this, { offering: saved, begun: { ...this.values } })
    this.put(saved)
    return saved.status === status ? saved : api.post(path(saved.id, '/publish'))
  },
  async refuse(error) {
    if (error.code === 'offering_changed') await this.overtaken().catch(() => null)
    this.errors = Object.fromEntries(
      Object.entries(error.fields).map(([field, words]) => [(SHOWN_AT[field] ?? field).replace(/\[.*/, ''), words]),
    )
    this.say(error.message)
  },
  async overtaken() {
    const old = this.offering
    await this.fetchItems()
    const fresh = this.items.find(({ id }) => id === old.id)
    if (fresh) Object.assign(this, { offering: fresh, values: onTop(this.values, old, fresh), begun: typed(fresh) })
  },
  say(problem) {
    this.problem = problem
    const form = () => this.root.querySelector('[data-form]')
    this.$nextTick(() =>
      (form()?.querySelector('[aria-invalid="true"]') ?? form()?.querySelector('[role="alert"]'))?.focus(),
    )
  },
})
