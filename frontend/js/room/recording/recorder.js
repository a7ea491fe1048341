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

function recorderOf(Recorder, mixer, { mimeType }) {
  try {
    return new Recorder(mixer.stream, { mimeType, ...QUALITY })
  } catch (error) {
    mixer.close()
    throw error
  }
}

/** `makeMixer()` gives {stream, close}; `news` hears waiting(bytes), lost(words) and broke(): it ended unasked. */
export async function startRecorder({ session, api, put, Recorder, makeMixer, news, now = () => Date.now() }) {
  const kind = kindOf(Recorder)
  const begun = await api.post(`/sessions/${session}/recordings`, { content_type: kind.contentType }, { quiet: true })
  const upload = createUpload({ id: begun.recording_id, api, put, news })
  const pieces = createPieces({ smallest: begun.smallest_part, part: (blob) => upload.add(blob) })
  const mixer = makeMixer()
  const recorder = recorderOf(Recorder, mixer, kind)
  const since = now()
  let asked = false // to stop
  recorder.ondataavailable = ({ data }) => pieces.add(new Blob([data], { type: kind.contentType }))
  recorder.onstop = () => {
    mixer.close()
    pieces.end()
    upload.end(Math.round((now() - since) / 1000))
    if (!asked) news.broke()
  }
  recorder.start(SLICE_MS)
  return {
    hurry: () => upload.hurry(),
    stop() {
      asked = true
      if (recorder.state !== 'inactive') recorder.stop()
    },
    get over() {
      return upload.over
    },
  }
}
