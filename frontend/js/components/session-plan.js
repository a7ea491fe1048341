// The plan of a session on its booking's page: ticked off by either, written anew in a form. x-data="sessionPlan(sessionId)";
// `quiet`: who is signed out is told, and not taken away from where they are.
import { api } from '../app.js'
import { t } from '../i18n.js'
import {
  doneIn,
  draftOf,
  emptyRow,
  faultIn,
  isEmpty,
  minutesIn,
  MOST,
  planOf,
  shifted,
  ticked,
} from '../lesson/plans.js'
import { isNone, reasonOf } from '../lesson/refusals.js'
import { live } from '../live.js'
import { focusLast, focusSoon } from './focus.js'
import { failed, toast } from './toasts.js'

export const sessionPlan = (sessionId, quiet = false) => {
  let keys = 0
  let ticking = 0 // ticks on their way to the server
  const newKey = () => ++keys
  const path = `/sessions/${encodeURIComponent(sessionId)}/plan`

  return {
    stage: 'loading', // loading -> ready <-> writing -> saving; or failed; closed where there can be none
    plan: { agenda: [], goals: [], version: 0 },
    draft: { agenda: [], goals: [] },
    problem: '',
    root: null, // its own: what is not declared here would be set on the page around
    offs: [],

    async init() {
      this.root = this.$el
      this.offs = [
        live.on('changed', ({ data }) => data.what === 'plan' && this.look()),
        live.on('welcome', () => this.look()),
      ]
      await this.load()
    },
    destroy() {
      this.offs.forEach((off) => off())
    },

    async load() {
      const isWriting = () => this.stage === 'writing' || this.stage === 'saving'
      try {
        const plan = await api.get(path, {}, { quiet })
        if (isWriting()) return // begun while this was on its way
        const { version } = this.plan
        if (ticking ? plan.version > version : plan.version >= version) this.plan = plan // what is ticked stays so
        this.stage = 'ready'
      } catch (error) {
        if (isWriting()) return
        Object.assign(this, { stage: isNone(error) ? 'closed' : 'failed', problem: error.message })
      }
    },
    // What is being written is not taken away; saving says whether it was written on the newest.
    async look() {
      if (this.stage === 'ready') await this.load()
    },

    empty() {
      return isEmpty(this.plan)
    },
    minutes() {
      return minutesIn(this.plan)
    },
    done(list) {
      return doneIn(this.plan[list])
    },

    async tick(list, row, done) {
      const before = this.plan
      this.plan = ticked(before, list, row, done)
      ticking++
      try {
        this.plan = await this.put(this.plan, (newest) => ticked(newest, list, row, done))
      } catch (error) {
        this.plan = error.current ?? before
        failed(error)
      }
      ticking--
    },
    // Somebody else wrote meanwhile: once more, on what they wrote.
    async put(plan, again) {
      try {
        return await api.put(path, plan, { quiet })
      } catch (error) {
        if (error.code !== 'plan_changed') throw error
        return api.put(path, again(error.current), { quiet })
      }
    },

    write() {
      Object.assign(this, { draft: draftOf(this.plan, newKey), problem: '', stage: 'writing' })
      focusSoon(this.root, 'first')
    },
    leave() {
      this.stage = 'ready'
      this.look() // nothing was looked at while it was written
      focusSoon(this.root, 'write')
    },
    add(list) {
      this.draft[list].push(emptyRow(newKey))
      focusLast(this.root, `[data-line="${list}"]`)
    },
    full(list) {
      return this.draft[list].length >= MOST[list]
    },
    drop(list, key) {
      this.draft[list] = this.draft[list].filter((row) => row.key !== key)
      focusSoon(this.root, `add-${list}`)
    },
    shift(list, index, by) {
      this.draft[list] = shifted(this.draft[list], index, by)
    },

    async save() {
      if (this.stage === 'saving') return
      const plan = planOf(this.draft, this.plan.version)
      this.problem = faultIn(plan)
      if (this.problem) return focusSoon(this.root, 'problem')
      this.stage = 'saving'
      try {
        this.plan = await api.put(path, plan, { quiet })
        this.stage = 'ready'
        toast(t('plan.saved'))
        focusSoon(this.root, 'write')
      } catch (error) {
        if (error.code === 'plan_changed') this.plan = error.current // what is written here goes on top, if sent again
        const words = error.code === 'plan_changed' ? t('plan.changed') : reasonOf(error)
        Object.assign(this, { stage: 'writing', problem: words })
        focusSoon(this.root, 'problem')
      }
    },
  }
}
