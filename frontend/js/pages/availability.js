// A mentor's availability: the week, dates of their own, time off, rules and vacation, saved whole and never over another's change.
import { api, start } from '../app.js'
import { conflict } from '../components/availability-conflict.js'
import { clockSelect, hoursEditing, weekPainter } from '../components/availability-hours.js'
import { preview } from '../components/availability-preview.js'
import { leaveGuard } from '../components/leave-guard.js'
import { mentorPage } from '../components/mentor-page.js'
import { failed, toast } from '../components/toasts.js'
import { isDate, plusDays, weekdayOf, weekdayWords, WEEK } from '../availability/days.js'
import { editable, errorsIn, fingerprint, listOf, newDate, newTimeOff, refused, sent } from '../availability/editing.js'
import { awayWords, dayWords, optionsOf, RULES } from '../availability/words.js'
import { without } from '../checks.js'
import { t } from '../i18n.js'
import { dateIn, zoneName } from '../time.js'

const OFFICE_DAYS = WEEK.slice(0, 5)
const OFFICE = { from: '09:00', to: '17:00' }

const page = mentorPage(['availability'])

const availabilityPage = () => ({
  ...page,
  ...hoursEditing(),
  ...leaveGuard(),
  ...conflict(),
  version: 0,
  zone: '',
  slug: '',
  today: '',
  values: null,
  read: null, // what the server has, as it would be sent
  options: {},
  errors: {},
  saving: 'no', // no -> yes -> no, or refused with words in `problem`
  copying: { from: null, to: [] },

  async fetchAll(me) {
    this.slug = me.mentor.slug
    this.take(await api.get('/me/availability'))
  },
  init() {
    this.guard(() => this.dirty)
    return page.init.call(this)
  },
  destroy() {
    this.unguard()
    page.destroy.call(this)
  },
  take(availability) {
    const { version, zone } = availability
    const today = dateIn(zone, api.now())
    const values = editable(availability, today)
    const options = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, optionsOf(rule, values[rule])]))
    Object.assign(this, { version, zone, today, values, options, read: sent(values, 0) })
    Object.assign(this, { errors: {}, problem: '', newer: null })
  },
  // Another tab or device saved: shown at once; beside one's own changes only when asked for.
  async follow() {
    const fresh = await api.get('/me/availability').catch(() => null)
    const same = fresh?.version === this.version && fresh.zone === this.zone
    if (!fresh || same || this.saving === 'yes' || fresh.version < this.version) return
    if (this.dirty) return (this.newer = fresh)
    this.take(fresh)
    toast(t('availability.took_theirs'))
  },
  get dirty() {
    return Boolean(this.values) && fingerprint(this.values) !== JSON.stringify(this.read)
  },
  get said() {
    if (this.saving === 'yes') return t('availability.saving')
    return this.dirty ? t('availability.unsaved') : ''
  },
  get untouched() {
    return this.version === 0 && !this.dirty
  },
  get zoneWords() {
    return t('availability.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  get awayWords() {
    const { away, away_until: until } = this.values
    return t('availability.away_now', { words: awayWords({ away, away_until: isDate(until) ? until : null }) })
  },
  nameOf(holder) {
    if (!('date' in holder)) return weekdayWords(holder.key)
    return holder.date ? dayWords(holder.date) : t('availability.new_date')
  },
  shortName: (day) => weekdayWords(day.key, 'short'),

  startWithOfficeHours() {
    for (const day of this.values.days) day.ranges = OFFICE_DAYS.includes(day.key) ? [{ ...OFFICE }] : []
    this.focusIn(this.values.days[0], 'select')
  },
  comeBack() {
    this.values.away = false
    this.toHeading()
  },
  openCopy(day) {
    this.copying = { from: day, to: [] }
    this.$refs.copy.showModal()
  },
  copyTo(days) {
    this.copying.to = days === 'all' ? WEEK.filter((day) => day !== this.copying.from.key) : OFFICE_DAYS
  },
  copy() {
    const { from, to } = this.copying
    for (const day of this.values.days.filter(({ key }) => to.includes(key)))
      if (day !== from)
        this.setRanges(
          day,
          from.ranges.map((range) => ({ ...range })),
        )
    this.$refs.copy.close()
  },

  addDate() {
    const taken = new Set(this.values.dates.map(({ date }) => date))
    let date = plusDays(this.today, 1)
    while (taken.has(date)) date = plusDays(date, 1)
    const usual = this.values.days.find(({ key }) => key === weekdayOf(date)).ranges
    this.add('dates', newDate(date, usual))
  },
  addTimeOff() {
    this.add('off', newTimeOff(this.today, this.today))
  },
  add(list, holder) {
    this.values[list] = [...this.values[list], holder]
    this.focusIn(holder, 'input')
  },
  drop(list, holder) {
    this.values[list] = this.values[list].filter(({ key }) => key !== holder.key)
    this.errors = without(without(this.errors, holder.key), listOf(holder.key))
    this.$nextTick(() => this.$root.querySelector(`[data-new="${list}"]`)?.focus())
  },

  // An error goes as soon as its place is mended.
  recheck(key) {
    const found = errorsIn(this.values, this.today)
    const mended = [key, listOf(key)].filter((each) => this.errors[each] && !found[each])
    for (const each of mended) this.errors = without(this.errors, each)
    if (mended.length && !Object.keys(this.errors).length) this.problem = ''
  },
  // The last day follows the first when it would come before it.
  recheckOff(holder) {
    if (holder.to < holder.from) holder.to = holder.from
    this.recheck(holder.key)
  },
  isSound() {
    this.errors = errorsIn(this.values, this.today)
    if (!Object.keys(this.errors).length) return true
    this.refuse(t('form.look_again'))
    return false
  },

  async discard() {
    try {
      this.take(await api.get('/me/availability'))
      this.toHeading()
    } catch (error) {
      failed(error)
    }
  },
  async save() {
    if (this.saving === 'yes' || !this.isSound()) return
    Object.assign(this, { saving: 'yes', problem: '' })
    const body = sent(this.values, this.version)
    try {
      this.keep(await api.put('/me/availability', { ...body, zone: this.zone }), body)
      toast(t('availability.saved'))
      this.toHeading()
    } catch (error) {
      if (error.code === 'availability_changed' && error.current) this.overtaken(error.current)
      else this.showRefusal(error)
    }
    this.saving = 'no'
  },
  // Saved; what was changed while that was under way stays.
  keep(kept, body) {
    const since = fingerprint(this.values) === JSON.stringify({ ...body, version: 0 }) ? null : this.values
    this.take(kept)
    if (since) this.values = since
  },
  showRefusal({ fields = {}, message }) {
    const { errors, rest } = refused(fields, this.values)
    this.errors = errors
    this.refuse([message, ...rest].join(' '))
  },
  refuse(problem) {
    this.problem = problem
    this.$nextTick(() =>
      (this.$root.querySelector('[aria-invalid="true"]') ?? this.$root.querySelector('[role="alert"]'))?.focus(),
    )
  },
  // The bar with the button that had the focus is gone.
  toHeading() {
    this.$root.querySelector('h1').focus({ preventScroll: true })
  },
})

start({ availabilityPage, clockSelect, weekPainter, preview })
