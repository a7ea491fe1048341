// Light, dark, or as the system has it.
const ORDER = ['system', 'light', 'dark']

export const theme = () => ({
  choice: localStorage.getItem('theme') ?? 'system',
  choose(choice) {
    this.choice = ORDER.includes(choice) ? choice : 'system'
    if (this.choice === 'system') {
      localStorage.removeItem('theme')
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem('theme', this.choice)
      document.documentElement.dataset.theme = this.choice
    }
  },
  next() {
    this.choose(ORDER[(ORDER.indexOf(this.choice) + 1) % ORDER.length])
  },
})
