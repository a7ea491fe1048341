// Tabs by the usual keys; the one shown is in the address, so it can be linked to and gone back to.
export const tabs = (names) => ({
  names,
  at: names[0],
  init() {
    this.fromAddress = () => (this.at = names.includes(location.hash.slice(1)) ? location.hash.slice(1) : names[0])
    addEventListener('hashchange', this.fromAddress)
    this.fromAddress()
  },
  destroy() {
    removeEventListener('hashchange', this.fromAddress)
  },
  show(name) {
    this.at = name
    history.replaceState(null, '', name === names[0] ? location.pathname + location.search : `#${name}`)
  },
  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const edge = { Home: 0, End: names.length - 1 }[event.key]
    if (step === undefined && edge === undefined) return
    event.preventDefault()
    this.show(names[edge ?? (names.indexOf(this.at) + step + names.length) % names.length])
    this.$nextTick(() => this.$root.querySelector('[role="tab"][aria-selected="true"]').focus())
  },
})
