"""Files on a session: sent, inspected, shared by two people and nobody else, and gone when they are deleted."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from chalicelib.domain.materials import MOST
from chalicelib.services import bookings, due, materials, uploads
from chalicelib.services.materials import Named
from tests.fakes.people import learner
from tests.refusals import refusal
from tests.services.lesson import booked

PDF = b"%PDF-1.7 notes"


@pytest.fixture
def lesson(deps):
    """A session that is booked."""
    return booked(deps)


def add(deps, lesson, side="mentor", name="notes.pdf", shape="file"):
    material, form = materials.add(deps, **lesson.by(side), file=Named(name, len(PDF), shape))
    return material, form


def send(deps, material, content=PDF):
    """The browser posts it, and it is announced."""
    deps.pictures.uploads[material.upload_key] = content
    return uploads.inspect(deps, material.upload_key)


def shown(deps, lesson, side="learner"):
    return [(each.name, each.state) for each in materials.listed(deps, **lesson.by(side))]


def test_a_file_is_there_for_both_once_it_was_inspected(deps, lesson):
    material, form = add(deps, lesson)
    assert form.fields["key"] == f"quarantine/materials/{lesson.booking_id}/{material.id}"
    assert shown(deps, lesson) == [("notes.pdf", "waiting")]
    assert send(deps, material) == "accepted"
    assert shown(deps, lesson) == [("notes.pdf", "ready")]
    assert (deps.lesson_files.objects, deps.pictures.uploads) == ({material.key: PDF}, {})
    link = materials.link(deps, **lesson.by("learner"), material_id=material.id)
    assert link == f"/lessons/{material.key}?type=application/pdf&name=notes.pdf&seconds=300"


def test_a_file_that_is_not_what_it_says_is_refused_in_words_and_takes_no_place(deps, lesson):
    material, _ = add(deps, lesson)
    assert send(deps, material, b"<script>") == "refused"
    [refused] = materials.listed(deps, **lesson.by("mentor"))
    assert (refused.state, refused.reason) == ("refused", "This file is not what its name says it is.")
    assert deps.lesson_files.objects == {} and deps.pictures.uploads == {}
    assert refusal(materials.link, deps, **lesson.by("mentor"), material_id=material.id).code == "not_found"
    assert count(deps, lesson) == 0


def test_a_board_is_made_anew_from_its_pixels(deps, lesson):
    drawn = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(drawn, "PNG", pnginfo=None)
    material, _ = add(deps, lesson, name="board.png", shape="board")
    assert send(deps, material, drawn.getvalue() + b"<script>hidden</script>") == "accepted"
    made = deps.lesson_files.objects[material.key]
    assert b"hidden" not in made and Image.open(io.BytesIO(made)).size == (800, 600)
    small, _ = add(deps, lesson, name="icon.png", shape="board")
    icon = io.BytesIO()
    Image.new("RGBA", (16, 9)).save(icon, "PNG")
    assert send(deps, small, icon.getvalue()) == "accepted"
    broken, _ = add(deps, lesson, name="board.png", shape="board")
    assert send(deps, broken, b"\x89PNG\r\n\x1a\n and nothing else") == "refused"


def test_announced_twice_it_is_inspected_once(deps, lesson):
    material, _ = add(deps, lesson)
    assert send(deps, material) == "accepted"
    assert send(deps, material, b"%PDF-1.7 another one") == "not_wanted"
    assert deps.lesson_files.objects == {material.key: PDF}


def test_what_nobody_waits_for_is_thrown_away(deps, lesson):
    for key in (f"quarantine/materials/{lesson.booking_id}/mat_01", "quarantine/materials/x/y", "quarantine/what"):
        deps.pictures.uploads[key] = PDF
        assert uploads.inspect(deps, key) == "not_wanted"
    assert deps.pictures.uploads == {} and deps.lesson_files.objects == {}


def test_each_deletes_only_their_own_and_it_is_gone_for_both(deps, lesson):
    material, _ = add(deps, lesson)
    send(deps, material)
    refused = refusal(materials.delete, deps, **lesson.by("learner"), material_id=material.id)
    assert refused.code == "not_yours"
    for _ in range(2):
        materials.delete(deps, **lesson.by("mentor"), material_id=material.id)
    assert (shown(deps, lesson), deps.lesson_files.objects, count(deps, lesson)) == ([], {}, 0)


def test_fifty_at_most_and_a_deleted_one_makes_room(deps, lesson):
    made = [add(deps, lesson, name=f"{n}.pdf")[0] for n in range(MOST)]
    assert refusal(add, deps, lesson).code == "too_many_files"
    assert refusal(add, deps, lesson, side="learner").code == "too_many_files"
    materials.delete(deps, **lesson.by("mentor"), material_id=made[0].id)
    add(deps, lesson, side="learner")


def test_what_never_came_takes_no_place_for_ever(deps, clock, lesson):
    add(deps, lesson)
    clock.forward(timedelta(minutes=59))
    due.sweep(deps)
    assert shown(deps, lesson) == [("notes.pdf", "waiting")]
    clock.forward(timedelta(minutes=2))
    assert due.sweep(deps).failed == {}
    assert (shown(deps, lesson), count(deps, lesson)) == ([], 0)


@pytest.mark.parametrize("broken", ["put", "remove"])
def test_a_bucket_that_is_away_loses_nothing_and_keeps_nothing(deps, clock, lesson, broken):
    material, _ = add(deps, lesson)
    if broken == "remove":
        send(deps, material)
    deps.lesson_files.broken.add(broken)
    with pytest.raises(ConnectionError):
        act = send if broken == "put" else lambda deps, m: materials.remove(deps, m)
        act(deps, deps.materials.find(lesson.booking_id, material.id))
    deps.lesson_files.broken.clear()
    if broken == "put":
        assert uploads.inspect(deps, material.upload_key) == "accepted", "it is still in quarantine"
        assert shown(deps, lesson) == [("notes.pdf", "ready")]
        return
    assert (shown(deps, lesson), count(deps, lesson)) == ([], 0), "out of sight at once"
    clock.forward(timedelta(hours=1, minutes=1))
    assert due.sweep(deps).failed == {}
    assert deps.lesson_files.objects == {}
    assert deps.materials.find(lesson.booking_id, material.id) is None


def test_a_file_deleted_while_it_is_inspected_leaves_nothing(deps, lesson):
    material, _ = add(deps, lesson)
    put = deps.lesson_files.put

    def deleted_meanwhile(*given):
        put(*given)
        materials.delete(deps, **lesson.by("mentor"), material_id=material.id)

    deps.lesson_files.put = deleted_meanwhile
    assert send(deps, material) == "not_wanted"
    assert deps.lesson_files.objects == {}


def test_strangers_learn_nothing(deps, lesson):
    material, _ = add(deps, lesson)
    send(deps, material)
    sam = {"user_id": learner(deps, "Sam").id, "session_id": lesson.session_id}
    assert refusal(materials.add, deps, **sam, file=Named("a.pdf", 1)).code == "not_found"
    assert refusal(materials.listed, deps, **sam).code == "not_found"
    assert refusal(materials.link, deps, **sam, material_id=material.id).code == "not_found"
    assert refusal(materials.delete, deps, **sam, material_id=material.id).code == "not_found"


def test_another_learner_who_takes_the_session_finds_nothing_of_the_first(deps, lesson):
    material, _ = add(deps, lesson, side="learner")
    send(deps, material)
    bookings.cancel(deps, **lesson.booking_by("learner"), reason="", refund_paise=0)
    sam = learner(deps, "Sam")
    bookings.book(deps, learner_id=sam.id, session_id=lesson.session_id, key="key-00000003")
    his = {"user_id": sam.id, "session_id": lesson.session_id}
    assert materials.listed(deps, **his) == []
    assert refusal(materials.link, deps, **his, material_id=material.id).code == "not_found"
    assert refusal(materials.listed, deps, **lesson.by("learner")).code == "not_found"


def test_nothing_is_put_to_what_was_called_off(deps, lesson):
    bookings.cancel(deps, **lesson.booking_by("mentor"), reason="", refund_paise=0)
    assert refusal(add, deps, lesson).code == "not_booked"


def count(deps, lesson):
    """How many places are taken."""
    return next((item["count"] for key, item in deps.tables.items.items() if key.sk == "MATERIALS"), 0)
