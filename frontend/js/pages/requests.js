// A learner's requests: those still open, and what became of the others.
import { start } from '../app.js'
import { requestList } from '../requests/list.js'

start({ requests: requestList('learner') })
