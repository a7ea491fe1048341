// What learners ask of a mentor: what waits for an answer, and what became of the rest.
import { start } from '../app.js'
import { mentorPage } from '../components/mentor-page.js'
import { requestList } from '../requests/list.js'

// The lists look after themselves; the page only waits for its mentor.
const requestsPage = () => ({ ...mentorPage([]), fetchAll() {}, follow() {} })

start({ requestsPage, requests: requestList('mentor') })
