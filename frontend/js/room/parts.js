// What the room is made of beside the call itself: each part is an Alpine component of its own, made with the page's tools.
import { captionsPart } from './captions/view.js'
import { chatPart } from './chat/panel.js'
import { handsPart } from './hands/hands.js'
import { lobbyPart } from './lobby/lobby.js'
import { peoplePart } from './people/people.js'
import { planPart } from './plan/view.js'
import { qualityPart } from './quality/view.js'
import { recordingPart } from './recording/view.js'
import { safetyPart } from './safety/view.js'
import { boardPart } from './together/board/panel.js'
import { notesPart } from './together/notes.js'

/** [name of the component, (tools) => component]; tools are {room, live, failed, at, person}. */
export const parts = [
  ['roomCaptions', captionsPart],
  ['roomChat', chatPart],
  ['roomHands', handsPart],
  ['roomLobby', lobbyPart],
  ['roomPeople', peoplePart],
  ['roomPlan', planPart],
  ['roomQuality', qualityPart],
  ['roomRecording', recordingPart],
  ['roomSafety', safetyPart],
  ['roomNotes', notesPart],
  ['roomBoard', boardPart],
]
