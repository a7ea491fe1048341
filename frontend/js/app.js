// Starts a page: Alpine with the site's words, times and shared components, and the page's own components.
import Alpine from '../vendor/alpinejs/alpine-csp.js'
import { api } from './api.js'
import { accountMenu } from './components/menu.js'
import { bell } from './components/bell.js'
import { chipsField } from './components/chips.js'
import { connection } from './components/connection.js'
import { mentorNav } from './components/mentor-nav.js'
import { messagesBadge } from './components/messages-badge.js'
import { passwordField } from './components/password.js'
import { presenceMark } from './components/presence-mark.js'
import { tabs } from './components/tabs.js'
import { theme } from './components/theme.js'
import { toasts } from './components/toasts.js'
import { verifyBanner } from './components/verify.js'
import { t, tn } from './i18n.js'
import { live } from './live.js'
import { keepPresent } from './presence/pinging.js'
import { remember, seemsSignedIn, whoAmI } from './session.js'
import { amount, avatarTint, domainName, initials, price, roomLink, safeLink } from './show.js'
import * as time from './time.js'

const shared = {
  accountMenu,
  bell,
  chipsField,
  connection,
  mentorNav,
  messagesBadge,
  passwordField,
  presenceMark,
  tabs,
  theme,
  toasts,
  verifyBanner,
}

// The person on this page, for every component: `state` is asking, someone, nobody or unknown (the question failed).
export const person = Alpine.reactive({
  state: seemsSignedIn() ? 'asking' : 'nobody',
  me: null,
  zone: time.browserZone(),
})

export function setPerson(me) {
  if (me) remember(me)
  Object.assign(person, { me, state: me ? 'someone' : 'nobody', zone: me?.zone ?? time.browserZone() })
}

function known(me) {
  setPerson(me)
  if (!me || localStorage.getItem('push') !== me.id) return
  // No page waits for it, and none fails with it.
  import('./push/keeping.js').then(({ keepAlerts }) => keepAlerts(api, me.id)).catch(() => {})
}

function magics() {
  const zoned = { day: time.day, clock: time.clock, when: time.when }
  for (const [name, write] of Object.entries(zoned)) Alpine.magic(name, () => (iso) => write(iso, person.zone))
  Alpine.magic('span', () => (iso, minutes) => time.span(iso, minutes, person.zone))
  Alpine.magic('zone', () => () => time.zoneName(person.zone))
  Alpine.magic('person', () => person)
  const plain = {
    t,
    tn,
    duration: time.duration,
    domain: domainName,
    initials,
    price,
    amount,
    tint: avatarTint,
    roomLink,
    safeLink,
  }
  for (const [name, write] of Object.entries(plain)) Alpine.magic(name, () => write)
}

/** Components that come after the start, before the markup that names them. */
export function add(components) {
  for (const [name, make] of Object.entries(components)) Alpine.data(name, make)
}

export function start(components = {}) {
  add({ ...shared, ...components })
  magics()
  whoAmI().then(known, () => (person.state = 'unknown'))
  keepPresent({ line: live })
  Alpine.start()
}

export const reactive = Alpine.reactive
export { api }
