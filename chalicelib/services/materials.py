"""Files on a session: sent to quarantine, inspected, then for its two people to have through short-lived links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain import materials as rules
from chalicelib.domain import throttles
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.materials import Material, Shape
from chalicelib.domain.uploads import UploadForm
from chalicelib.services import lessons
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.services.uploads import Outcome
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Named:
    """What a browser says of a file before it sends it."""

    name: str
    size: int
    shape: Shape = "file"


def add(deps: "Deps", *, user_id: str, session_id: str, file: Named) -> tuple[Material, UploadForm]:
    """A place for the file, and leave to send it into quarantine."""
    lesson, now = lessons.to_add_to(deps, user_id, session_id), deps.clock()
    content_type = rules.check(file.name, file.size, file.shape)
    material = Material(
        id=deps.new_id("mat"),
        booking_id=lesson.booking_id,
        session_id=session_id,
        mentor_id=lesson.mentor_id,
        learner_id=lesson.learner_id,
        by=lesson.side,
        shape=file.shape,
        name=rules.named(file.name),
        content_type=content_type,
        size=file.size,
        at=now,
    )
    counted = deps.throttles.counting(throttles.materials(user_id), now)
    deps.tables.commit([*counted, *deps.materials.adding(material)])
    return material, deps.uploads.presigned_post(material.upload_key, content_type, rules.LARGEST)


def listed(deps: "Deps", *, user_id: str, session_id: str) -> list[Material]:
    """All files of the session, in the order they came."""
    return deps.materials.of(lessons.of(deps, user_id, session_id).booking_id)


def link(deps: "Deps", *, user_id: str, session_id: str, material_id: str) -> str:
    """For five minutes, to save the file under its own name."""
    lesson = lessons.of(deps, user_id, session_id)
    material = _get(deps, lesson.booking_id, material_id)
    material.must_be_ready()
    return deps.lesson_files.link(material.key, material.content_type, material.name)


def delete(deps: "Deps", *, user_id: str, session_id: str, material_id: str) -> None:
    """One's own, at once for both; twice is as good as once."""
    lesson = lessons.of(deps, user_id, session_id)
    material = deps.materials.find(lesson.booking_id, material_id)
    if material is None:
        return
    material.must_be_of(lesson.side)
    remove(deps, material)


def remove(deps: "Deps", material: Material) -> None:
    """Out of sight first, then its bytes, then the rest: what breaks off in between, the sweep goes on with."""
    if material.state != "deleted":
        deps.tables.commit(deps.materials.deleting(material, material.deleted()))
    deps.lesson_files.remove([material.key])
    deps.tables.commit([deps.materials.forgetting(material)])


def inspect(deps: "Deps", content: bytes, booking_id: str, material_id: str) -> "Outcome":
    """What has arrived in quarantine is taken, or refused in words; announced again, it is the same."""
    material = deps.materials.find(booking_id, material_id)
    if material is None or material.state != "waiting":
        return "not_wanted"
    try:
        taken = _taken(deps, material, content)
    except Invalid as refusal:
        refused = material.refused(next(iter(refusal.fields.values())))
        return "refused" if _unless_gone(deps, deps.materials.refusing(refused, deps.clock())) else "not_wanted"
    kind = material.content_type
    deps.lesson_files.put(material.key, taken, kind)
    if _unless_gone(deps, [deps.materials.taking(material, material.ready(len(taken), kind))]):
        return "accepted"
    found = deps.materials.find(booking_id, material_id)
    if found is None or found.state == "deleted":  # while it was being inspected
        deps.lesson_files.remove([material.key])
    return "not_wanted"


def due(deps: "Deps", booking_id: str, material_id: str) -> None:
    """What never came takes no place for ever; what is being deleted is."""
    material = deps.materials.find(booking_id, material_id)
    if material and material.state in ("waiting", "deleted"):
        remove(deps, material)


def forget(deps: "Deps", booking_id: str, side: Side) -> None:
    """What one side has sent goes with them."""
    for material in deps.materials.of(booking_id):
        if material.by == side:
            remove(deps, material)


def _taken(deps: "Deps", material: Material, content: bytes) -> bytes:
    if fault := rules.fault(material.name, content):
        raise Invalid({"file": fault})
    return deps.pictures.drawing(content) if material.shape == "board" else content


def _unless_gone(deps: "Deps", writes: Sequence[Write]) -> bool:
    try:
        deps.tables.commit(writes)
    except Conflict:
        return False
    return True


def _get(deps: "Deps", booking_id: str, material_id: str) -> Material:
    material = deps.materials.find(booking_id, material_id)
    if material is None:
        raise NotFound("material")
    return material
