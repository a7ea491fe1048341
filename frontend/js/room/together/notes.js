// The panel of notes and code: an Alpine component of states and actions; the editors are fetched when it is first opened.
import { download } from '../../download.js'
import { t } from '../../i18n.js'
import { LANGUAGES, fileName, languageOf } from './languages.js'
import { withStanding } from './standing.js'
import { togetherOf } from './together.js'

const TABS = ['notes', 'code']
const COPIED_MS = 3000

export function notesPart({ room, failed, badge }, { fetchEditor = () => import('./editor.js') } = {}) {
  const together = togetherOf(room)
  const editors = {}
  let offs = []
  let whole = null
  let grammars = null

  return withStanding(together, room, {
    tab: 'notes',
    languages: LANGUAGES,
    language: 'text',
    copied: '',

    init() {
      this.standBy('notes', badge)
      this.$watch('panel', (name) => this.turn(name))
      this.turn(this.panel)
    },
    destroy() {
      for (const off of offs.splice(0)) off()
      for (const editor of Object.values(editors)) editor.close()
      this.standDown()
    },
    turn(name) {
      if (name === 'notes') this.open()
      else whole?.presence.set({ caret: null, ...(name === 'board' ? {} : { at: '' }) })
    },

    async open() {
      if (this.ready === 'loading') return
      if (!whole) await this.load()
      if (this.ready !== 'ready') return
      this.$nextTick(() => this.show(this.tab))
    },
    async load() {
      this.ready = 'loading'
      try {
        const [opened, { createEditor }] = await Promise.all([together.open(), fetchEditor()])
        whole = opened
        for (const name of TABS) editors[name] = this.edit(createEditor, name)
        offs = [
          together.on('changed', () => this.changed()),
          together.on('theirs', () => this.see()),
          together.on('loaded', () => this.changed()),
        ]
        this.ready = 'ready'
        this.changed()
        this.see()
      } catch {
        this.ready = 'failed'
      }
    },
    edit(createEditor, name) {
      const words = { label: t(`room.together.label.${name}`), empty: t(`room.together.empty.${name}`) }
      return createEditor({ whole, name, host: this.$refs[name], words, full: () => failed(new Error(this.fullWords)) })
    },

    changed() {
      for (const editor of Object.values(editors)) editor.check()
      const { id } = languageOf(whole.document.facts.get('language'))
      if (id !== this.language) this.speak(id)
    },
    see() {
      const { theirs } = whole.heard
      for (const name of TABS) editors[name].see(theirs?.at === name ? theirs.caret : null, this.otherName)
    },

    show(name) {
      this.tab = name
      whole?.presence.set({ at: name, caret: null })
      this.$nextTick(() => editors[name]?.measure())
    },
    move(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -1, End: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      this.show(TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length])
      this.$nextTick(() => this.$root.querySelector('[role="tab"][aria-selected="true"]').focus())
    },

    choose(id) {
      whole.document.facts.set('language', id)
      this.speak(id)
    },
    async speak(id) {
      this.language = id
      try {
        if (id !== 'text') grammars ??= (await import('../../../vendor/codemirror/languages.js')).languages
      } catch {
        return // without colours, then
      }
      if (this.language === id) editors.code.speak(grammars?.[id] ?? null)
    },

    get title() {
      return room.state.entry?.session.title ?? ''
    },
    async copy() {
      try {
        await navigator.clipboard.writeText(editors[this.tab].text.toString())
        this.copied = this.tab
        setTimeout(() => (this.copied = ''), COPIED_MS)
      } catch {
        failed(new Error(t('room.together.copy.failed')))
      }
    },
    save(ending) {
      const name = fileName(this.title, this.tab, ending ?? languageOf(this.language).ending)
      download(name, editors[this.tab].text.toString(), 'text/plain;charset=utf-8')
    },
  })
}
