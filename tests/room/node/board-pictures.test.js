// Images on the board: taken as PNG alone, fetched by their ids, and never more than a session can have.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPictures } from '../../../frontend/js/room/together/board/pictures.js'
import { fakeTimers, settle } from './fakes.js'

function board({ get = async () => ({ url: '/x' }), http = async () => new Response('', { status: 404 }) } = {}) {
  const asked = []
  const sent = []
  const room = {
    id: 'ses_1',
    hear: () => () => {},
    api: {
      async post(path, body) {
        asked.push(body)
        return { id: 'mat_1', url: '/lessons', fields: {} }
      },
      get,
    },
  }
  const draw = async () => ({ blob: new Blob(['png'], { type: 'image/png' }), width: 40, height: 30 })
  const send = async (form, file) => sent.push(file)
  const timers = fakeTimers()
  return { asked, sent, timers, pictures: createPictures({ room, changed() {}, http, send, draw, timers }) }
}

for (const [name, type] of [
  ['photo.JPG', 'image/jpeg'],
  ['shot.webp', 'image/webp'],
  ['moving.gif', 'image/gif'],
  ['drawn.png', 'image/png'],
])
  test(`${type} is sent as a PNG, by its name and its bytes`, async () => {
    const { pictures, asked, sent } = board()
    const added = await pictures.add(new File(['what it was'], name, { type }))
    assert.deepEqual(added, { material: 'mat_1', width: 40, height: 30 })
    const [stem] = name.split('.')
    assert.deepEqual(asked, [{ name: `${stem}.png`, content_type: 'image/png', size: 3, kind: 'board' }])
    assert.equal(sent[0].type, 'image/png')
    pictures.close()
  })

test('an image without a name has one, and a long one is cut', async () => {
  const { pictures, asked } = board()
  await pictures.add(new File(['x'], '', { type: 'image/png' }))
  await pictures.add(new File(['x'], `${'n'.repeat(300)}.png`, { type: 'image/png' }))
  assert.equal(asked[0].name, 'image.png')
  assert.ok(asked[1].name.length <= 120 && asked[1].name.endsWith('.png'))
  pictures.close()
})

test('no more images are asked for than there can be, however many are claimed', async () => {
  let calls = 0
  const { pictures } = board({ get: async () => (calls++, Promise.reject(new Error('not found'))) })
  for (let i = 0; i < 500; i++) pictures.of(`mat_${i}`)
  await settle()
  assert.ok(calls <= 60, `${calls} were asked for`)
  assert.equal(pictures.of('mat_499').state, 'failed')
  pictures.close()
})
