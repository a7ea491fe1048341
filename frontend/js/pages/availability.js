// A mentor's availability: the week, dates of their own, time off, rules and vacation, saved whole and never over another's change.
import { api, start } from '../app.js'
import { clockSelect, hoursEditing, weekPainter } from '../components/availability-hours.js'
import { preview } from '../components/availability-preview.js'
import { leaveGuard } from '../components/leave-guard.js'
import { mentorPage } from '../components/mentor-page.js'
import { failed, toast } from '../components/toasts.js'
import { plusDays, weekdayOf, weekdayWords, WEEK } from '../availability/days.js'
import { editable, errorsIn, fingerprint, newDate, newTimeOff, refused, sent } from '../availability/editing.js'
import { dayWords, differences, optionsOf, RULES } from '../availability/words.js'
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
  version: 0,
  zone: '',
  slug: '',
  today: '',
  values: null,
  saved: '', // the fingerprint of what the server has
  options: {},
  errors: {},
  saving: 'no', // no -> yes -> no, or refused with words in `problem`
  newer: null, // what was saved elsewhere meanwhile
  changes: [],
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
    const values = editable(availability)
    const options = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, optionsOf(rule, values[rule])]))
    Object.assign(this, { version, zone, values, options, saved: fingerprint(values), errors: {}, problem: '' })
    this.today = dateIn(zone, api.now())
  },
  // Another tab or device saved: shown at once unless something is being changed here.
  async follow() {
    const fresh = await api.get('/me/availability').catch(() => null)
    if (fresh && !this.dirty && this.saving === 'no' && fresh.version > this.version) this.take(fresh)
  },
  get dirty() {
    return Boolean(this.values) && fingerprint(this.values) !== this.saved
  },
  get untouched() {
    return this.version === 0 && !this.dirty
  },
  get zoneWords() {
    return t('availability.zone', { zone: zoneName(this.zone), name: this.zone })
  },
  nameOf(holder) {
    if (!('date' in holder)) return weekdayWords(holder.key)
    return holder.date ? dayWords(holder.date) : t('availability.new_date')
  },
  shortName: (day) => weekdayWords(day.key, 'short'),

  startWithOfficeHours() {
    for (const day of this.values.days) day.ranges = OFFICE_DAYS.includes(day.key) ? [{ ...OFFICE }] : []
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
    this.errors = without(this.errors, holder.key)
    this.$nextTick(() => this.$root.querySelector(`[data-new="${list}"]`)?.focus())
  },

  // An error goes as soon as its place is mended.
  recheck(key) {
    if (!this.errors[key] || errorsIn(this.values, this.today)[key]) return
    this.errors = without(this.errors, key)
    if (!Object.keys(this.errors).length) this.problem = ''
  },
  async discard() {
    await api.get('/me/availability').then((kept) => this.take(kept), failed)
  },

  async save() {
    if (this.saving === 'yes') return
    this.errors = errorsIn(this.values, this.today)
    if (Object.keys(this.errors).length) return this.refuse(t('form.look_again'))
    Object.assign(this, { saving: 'yes', problem: '' })
    const body = sent(this.values, this.version)
    try {
      this.take(await api.put('/me/availability', body))
      toast(t('availability.saved'))
    } catch (error) {
      if (error.code === 'availability_changed' && error.current) this.overtaken(body, error.current)
      else {
        this.errors = refused(error.fields, this.values)
        this.refuse(error.message)
      }
    }
    this.saving = 'no'
  },
  refuse(problem) {
    this.problem = problem
    this.$nextTick(() =>
      (this.$root.querySelector('[aria-invalid="true"]') ?? this.$root.querySelector('[role="alert"]'))?.focus(),
    )
  },

  overtaken(body, current) {
    Object.assign(this, { newer: current, changes: differences(body, current) })
    this.$refs.conflict.showModal()
  },
  takeTheirs() {
    this.take(this.newer)
    this.$refs.conflict.close()
    toast(t('availability.took_theirs'))
  },
  keepMine() {
    this.version = this.newer.version
    this.$refs.conflict.close()
    return this.save()
  },
})

start({ availabilityPage, clockSelect, weekPainter, preview })
