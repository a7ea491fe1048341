"""The portraits: always the same for the same person, never the same for two."""

import io

import pytest
from PIL import Image

from chalicelib.gateways.pictures import squares
from infra.local.demo.canvas import mirrored, outline
from infra.local.demo.people import everyone
from infra.local.demo.portraits import portrait

LOOKS = {slug: someone.portrait for slug, someone in everyone().items()}


@pytest.fixture(scope="module")
def drawn():
    return {slug: portrait(look) for slug, look in LOOKS.items()}


def test_no_two_people_look_alike(drawn):
    assert len(set(drawn.values())) == len(LOOKS)


def test_the_same_look_is_drawn_the_same(drawn):
    for slug in ("ananya-krishnan", "tomas-herrera"):
        assert portrait(LOOKS[slug]) == drawn[slug]


def test_a_portrait_is_a_small_square_jpeg_that_uploading_takes(drawn):
    for content in drawn.values():
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (512, 512))
        assert len(content) < 100_000
        assert set(squares(content)) == {256, 96}


def test_a_path_is_followed_and_mirrored():
    points = outline("M0 0 L10 0 C 10 5 5 10 0 10 Z")
    assert (points[0], points[1], points[-1]) == ((0, 0), (10, 0), (0, 10))
    assert mirrored([(12, 3)]) == [(500, 3)]
