// One recording from its first frame to its last part: mixed here, sent as it grows.
import { createPieces } from './pieces.js'
import { createUpload } from './upload.js'

const KINDS = [
  ['video/webm;codecs=vp9,opus', 'video/webm'],
  ['video/webm;codecs=vp8,opus', 'video/webm'],
  ['video/mp4', 'video/mp4'],
]
const SLICE_MS = 2000
const QUALITY = { videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 96_000 }

/** What this browser can write, as {mimeType, contentType}, or nothing. */
export function kindOf(Recorder) {
  const found = KINDS.find(([mimeType]) => Recorder?.isTypeSupported?.(mimeType))
  return found && { mimeType: found[0], contentType: found[1] }
}

/** `makeMixer()` gives {stream, close}; `news` hears waiting(bytes) and lost(words). */
export async function startRecorder({ session, api, put, Recorder, makeMixer, news, now = () => Date.now() }) {
  const kind = kindOf(Recorder)
  const begun = await api.post(`/sessions/${session}/recordings`, { content_type: kind.contentType }, { quiet: true })
  const upload = createUpload({ id: begun.recording_id, api, put, news })
  const pieces = createPieces({ smallest: begun.smallest_part, part: (blob) => upload.add(blob) })
  const mixer = makeMixer()
  const recorder = new Recorder(mixer.stream, { mimeType: kind.mimeType, ...QUALITY })
  const since = now()
  recorder.ondataavailable = ({ data }) => pieces.add(new Blob([data], { type: kind.contentType }))
  recorder.onstop = () => {
    mixer.close()
    pieces.end()
    upload.end(Math.round((now() - since) / 1000))
  }
  recorder.start(SLICE_MS)
  return {
    hurry: () => upload.hurry(),
    stop: () => recorder.state !== 'inactive' && recorder.stop(),
    get over() {
      return upload.over
    },
  }
}
