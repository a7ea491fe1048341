"""Images on the board: pasted or chosen, of any kind, seen by both and in what is downloaded."""

from base64 import b64decode

from tests.room.conftest import Stage, story
from tests.room.people import until
from tests.room.test_board import drags, see, shapes, take
from tests.room.test_together import opens

# A red square of 4 by 4 pixels.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==")
PASTE = """(bytes) => {
  const data = new DataTransfer()
  data.items.add(new File([Uint8Array.from(bytes)], 'square.png', {type: 'image/png'}))
  document.querySelector('[data-surface]').dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
}"""

COLOURS = """async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  canvas.drawImage(bitmap, 0, 0)
  const {data} = canvas.getImageData(0, 0, bitmap.width, bitmap.height)
  let red = 0, dark = 0
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] > 200 && data[i + 1] < 60) red++
    if (data[i] < 60 && data[i + 1] < 60) dark++
  }
  return {red, dark}
}"""
PHOTO = """async () => {
  const canvas = new OffscreenCanvas(3000, 1500)
  canvas.getContext('2d').fillRect(0, 0, 900, 900)
  const photo = await canvas.convertToBlob({type: 'image/jpeg'})
  return [...new Uint8Array(await photo.arrayBuffer())]
}"""


@story
async def test_a_pasted_image_is_seen_by_both_and_is_in_the_picture_file(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        await mentor.page.evaluate(PASTE, list(PNG))
        await see(learner, "image")
        await learner.shows("[data-shapes] [data-state=ready] image", timeout=15)
        await take(mentor, "pen")
        await drags(mentor, (0.1, 0.1), (0.3, 0.1))
        for person in (mentor, learner):
            async with person.page.expect_download() as coming:
                await person.page.get_by_role("button", name="Download this page as a picture").click()
            file = await coming.value
            assert file.suggested_filename.endswith("-board-1.png")
            seen = await person.page.evaluate(COLOURS, list((await file.path()).read_bytes()))
            assert seen["red"] > 20, "the image is not in it"
            assert seen["dark"] > 20, "the stroke is not in it"


@story
async def test_a_photo_of_any_kind_becomes_a_picture_on_the_board_of_both(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        photo = await mentor.page.evaluate(PHOTO)
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes(photo)}
        await mentor.page.locator("[data-image]").set_input_files(file)
        await learner.shows("[data-shapes] [data-state=ready] image", timeout=15)
        kept = [each for each in stage.origin.api.things.objects.values() if each[1] == "image/png"]
        assert kept[-1][0].startswith(b"\x89PNG"), "what is kept is a PNG"


@story
async def test_a_file_that_is_no_image_is_refused_in_words(stage: Stage) -> None:
    async with stage.meeting() as (mentor, _):
        await opens(mentor, "board")
        await mentor.page.locator("[data-image]").set_input_files(
            {"name": "a.png", "mimeType": "image/png", "buffer": b"not an image"}
        )
        await until(lambda: mentor.page.get_by_text("Only PNG, JPEG, WebP and GIF").first.is_visible())
        assert await shapes(mentor) == []
