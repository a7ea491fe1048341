"""Pictures in quarantine: made anew and published, or refused in words; never twice, never as they came."""

import io
import re
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from chalicelib.gateways.pictures import MOST_BYTES
from chalicelib.services import uploads
from tests.fakes.people import learner


@pytest.fixture
def lena(deps):
    """Who uploads."""
    return learner(deps)


def picture(kind="JPEG", size=(640, 480), mode="RGB", colour="navy", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def upload(deps, lena, content, name="upl_1"):
    key = f"quarantine/photos/{lena.id}/{name}"
    deps.pictures.uploads[key] = content
    return uploads.inspect(deps, key)


def account(deps, lena):
    return deps.accounts.find(lena.id)


def place(deps, lena, size=256):
    return f"media/{account(deps, lena).photo}-{size}.jpg"


def shown(deps, lena, size=256):
    return Image.open(io.BytesIO(deps.pictures.media[place(deps, lena, size)]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_shown_in_two_squares(deps, lena, kind):
    assert upload(deps, lena, picture(kind)) == "accepted"
    for size in (256, 96):
        made = shown(deps, lena, size)
        assert (made.format, made.size, made.mode) == ("JPEG", (size, size), "RGB")
    assert re.fullmatch(rf"/media/photos/{lena.id}/upl_1-[0-9a-f]{{16}}-256\.jpg", account(deps, lena).photo_url)
    assert deps.pictures.uploads == {}


def test_only_pixels_survive(deps, lena):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {1: "N", 2: (12.0, 58.0, 0.0)}
    upload(deps, lena, picture(exif=exif, comment=b"my home"))
    made = shown(deps, lena)
    assert len(made.getexif()) == 0
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(made.info)
    raw = deps.pictures.media[place(deps, lena)]
    assert b"A camera" not in raw and b"my home" not in raw


@pytest.mark.parametrize("edge", [400, 2400])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_stands_upright(deps, lena, kind, edge):
    sideways = Image.new("RGB", (edge, edge), "red")
    sideways.paste("blue", (0, 0, edge, edge // 2))  # blue above, red below, and a note: turn me a quarter to the right
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    sideways.save(out, kind, exif=exif)
    upload(deps, lena, out.getvalue())
    made = shown(deps, lena)
    left, right = made.getpixel((20, 128)), made.getpixel((235, 128))
    assert left[0] > 200 > 100 > left[2] and right[2] > 200 > 100 > right[0]


def test_what_is_transparent_becomes_white(deps, lena):
    upload(deps, lena, picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert min(shown(deps, lena).getpixel((128, 128))) > 250


@pytest.mark.parametrize("mode", ["P", "L", "LA", "1", "I;16"])
def test_pictures_of_any_mode_are_taken(deps, lena, mode):
    assert upload(deps, lena, picture("PNG", mode=mode, colour=0)) == "accepted"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_jpegs_from_printing_are_taken(deps, lena, mode):
    assert upload(deps, lena, picture("JPEG", mode=mode, colour=0)) == "accepted"


def test_of_a_moving_picture_the_first_frame_is_taken(deps, lena):
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("lime", "red")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    upload(deps, lena, out.getvalue())
    red, green, _ = shown(deps, lena).getpixel((128, 128))
    assert green > 200 > red


def bomb(width, height):
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a JPEG"),
        (b"<svg onload=alert(1)>", "not a JPEG"),
        (b"GIF89a" + b"\0" * 100, "not a JPEG"),
        (b"RIFF\0\0\0\0WAVEfmt ", "damaged"),
        (b"\xff\xd8\xff\xe0<?php ?>", "damaged"),
        (picture()[:300], "damaged"),
        (bomb(30_000, 30_000), "too many pixels"),
        (bomb(200, 200), "damaged"),
        (picture(size=(95, 500)), "too small"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "larger than 5 MB"),
    ],
    ids=["empty", "svg", "gif", "wav", "php", "cut off", "bomb", "too little data", "small", "large"],
)
def test_what_is_no_picture_is_refused_in_words(deps, lena, content, words):
    assert upload(deps, lena, content) == "refused"
    assert words in account(deps, lena).photo_problem
    assert account(deps, lena).photo_url is None
    assert deps.pictures.media == deps.pictures.uploads == {}


def test_a_refusal_keeps_the_picture_one_had_and_the_next_success_clears_it(deps, lena):
    upload(deps, lena, picture())
    before = account(deps, lena).photo_url
    upload(deps, lena, b"x", "upl_2")
    assert account(deps, lena).photo_url == before and account(deps, lena).photo_problem
    upload(deps, lena, picture(colour="teal"), "upl_3")
    assert account(deps, lena).photo_url != before and account(deps, lena).photo_problem is None


def test_another_picture_posted_with_the_same_form_has_another_address(deps, lena):
    upload(deps, lena, picture())
    first = place(deps, lena)
    before = deps.pictures.media[first]
    assert upload(deps, lena, picture(colour="teal")) == "accepted"
    assert place(deps, lena) != first and deps.pictures.media[first] == before
    assert upload(deps, lena, picture()) == "accepted"
    assert place(deps, lena) == first and deps.pictures.media[first] == before


@pytest.mark.parametrize("error", [struct.error, TypeError, IndexError, RuntimeError, MemoryError])
def test_whatever_a_decoder_stumbles_over_is_a_damaged_picture(deps, lena, monkeypatch, error):
    def stumbles(*given, **options):
        raise error

    monkeypatch.setattr(Image, "open", stumbles)
    assert upload(deps, lena, picture()) == "refused"
    assert "damaged" in account(deps, lena).photo_problem


def quarters(kind, mode):
    """A large picture of four colours, whose palette has their mean nowhere."""
    large = Image.new("RGB", (1600, 1600), "white")
    for number, colour in enumerate(("red", "lime", "blue")):
        large.paste(colour, (number % 2 * 800, number // 2 * 800, number % 2 * 800 + 800, number // 2 * 800 + 800))
    out = io.BytesIO()
    large.convert(mode).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "P"), ("PNG", "RGBA"), ("JPEG", "CMYK"), ("WEBP", "RGB")])
def test_a_large_picture_keeps_its_colours_on_the_way_to_a_small_one(deps, lena, kind, mode):
    upload(deps, lena, quarters(kind, mode))
    made = shown(deps, lena)
    for point, colour in {(64, 64): (255, 0, 0), (192, 64): (0, 255, 0), (64, 192): (0, 0, 255)}.items():
        assert max(abs(a - b) for a, b in zip(made.getpixel(point), colour, strict=True)) < 30


# VmHWM is the process's own; getrusage's peak is inherited from the process that started it.
LARGEST = """
import re, sys
from pathlib import Path
from chalicelib.gateways.pictures import squares
list(squares(sys.stdin.buffer.read()))
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_largest_picture_fits_into_its_functions_memory(kind):
    content = picture(kind, (6000, 4000), "RGBA", (0, 0, 128, 128), **({"lossless": True} if kind == "WEBP" else {}))
    peak = subprocess.run([sys.executable, "-c", LARGEST], input=content, capture_output=True, check=True)
    assert int(peak.stdout) < 450  # of 512 MB; the AWS client has the rest


def test_more_pixels_than_fit_are_refused(deps, lena):
    assert upload(deps, lena, bomb(6001, 4000)) == "refused"
    assert "24 megapixels" in account(deps, lena).photo_problem


def test_announced_twice_it_is_done_once(deps, lena):
    upload(deps, lena, picture())
    before = account(deps, lena)
    assert uploads.inspect(deps, f"quarantine/photos/{lena.id}/upl_1") == "not_wanted"
    assert account(deps, lena) == before


def test_inspected_again_after_dying_half_way_it_ends_the_same(deps, lena, monkeypatch):
    discard = deps.pictures.discard

    def dies(key):
        monkeypatch.setattr(deps.pictures, "discard", discard)
        raise ConnectionError

    monkeypatch.setattr(deps.pictures, "discard", dies)
    with pytest.raises(ConnectionError):
        upload(deps, lena, picture())
    assert uploads.inspect(deps, f"quarantine/photos/{lena.id}/upl_1") == "accepted"
    assert deps.pictures.media[place(deps, lena)]
    assert deps.pictures.uploads == {}


@pytest.mark.parametrize(
    "key", ["quarantine/other/usr_1/x", "quarantine/photos/../x", "quarantine/photos/usr_1/a/b", "q"]
)
def test_what_lies_elsewhere_is_thrown_away(deps, key):
    deps.pictures.uploads[key] = picture()
    assert uploads.inspect(deps, key) == "not_wanted"
    assert deps.pictures.media == deps.pictures.uploads == {}


def test_the_picture_of_someone_who_left_meanwhile_is_not_kept(deps, lena):
    deps.tables.commit(deps.accounts.removing(account(deps, lena)))
    assert upload(deps, lena, picture()) == "not_wanted"
    assert deps.pictures.uploads == {}
    assert deps.pictures.media == {}
