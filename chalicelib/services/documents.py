"""Snapshots of what two people write and draw together: each side keeps its own, and reads both."""

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain import entries
from chalicelib.domain.cards import Side
from chalicelib.services import lessons

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LARGEST = 2 * 1024 * 1024
LIFE = timedelta(minutes=10)  # of leave to write: asked for early, so that the last words need no question
BYTES = "application/octet-stream"
SIDES: tuple[Side, Side] = ("mentor", "learner")


def upload(deps: "Deps", *, user_id: str, session_id: str, size: int) -> str:
    """Leave to write one's own side, in place of what was there; the other's cannot be reached by it."""
    lesson = lessons.of(deps, user_id, session_id)
    lesson.must_be_kept()
    entries.refuse(bytes=None if 0 < size <= LARGEST else "At most 2 MB, and not empty.")
    return deps.lesson_files.upload_link(key(lesson.booking_id, lesson.side), size, LIFE)


def links(deps: "Deps", *, user_id: str, session_id: str) -> dict[Side, str | None]:
    """Where each side's is read, if it has been written."""
    booking_id = lessons.of(deps, user_id, session_id).booking_id
    there = deps.lesson_files.there(f"documents/{booking_id}/")
    places = {side: key(booking_id, side) for side in SIDES}
    return {side: deps.lesson_files.link(place, BYTES) if place in there else None for side, place in places.items()}


def key(booking_id: str, side: Side) -> str:
    """One side's place."""
    return f"documents/{booking_id}/{side}"


def forget(deps: "Deps", booking_id: str, side: Side) -> None:
    """What one side has written goes with them."""
    deps.lesson_files.remove([key(booking_id, side)])
