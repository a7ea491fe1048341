// The notifications of whoever is signed in, for every component of this page.
import { api } from '../api.js'
import { lookAgain } from '../components/looking.js'
import { live } from '../live.js'
import { createNotifications } from './following.js'

export const mine = createNotifications({ api, live, lookAgain })
