// A page with no component of its own.
import { start } from '../app.js'

start()
