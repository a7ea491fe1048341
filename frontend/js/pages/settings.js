// Settings: profile, calendar, security, devices and data, each a tab.
import { start } from '../app.js'
import { photoField } from '../components/photo.js'
import { emailForm, passwordForm, profileForm } from '../components/settings-account.js'
import { calendarFeed } from '../components/settings-calendar.js'
import { pushSwitch } from '../components/settings-push.js'
import { deleteForm, devices, ownData, secondFactor, totpOff, totpOn } from '../components/settings-safety.js'
import { signedInPage } from '../components/signed-in.js'

start({
  signedInPage,
  photoField,
  profileForm,
  calendarFeed,
  pushSwitch,
  passwordForm,
  emailForm,
  secondFactor,
  totpOn,
  totpOff,
  devices,
  ownData,
  deleteForm,
})
