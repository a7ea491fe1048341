"""What two people share around a session, over HTTP: the plan, snapshots of what they write together, files."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain import plans as plan_rules
from chalicelib.domain.cards import Side
from chalicelib.domain.materials import Material
from chalicelib.domain.plans import Goal, Plan, Point
from chalicelib.services import documents, materials, plans
from chalicelib.services.materials import Named
from chalicelib.services.plans import PlanChanged
from functions.access import PARTY
from functions.http import Call, Routes, refused

routes = Routes(__name__)
Line = Annotated[str, msgspec.Meta(max_length=2 * plan_rules.LONGEST)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Size = Annotated[int, msgspec.Meta(ge=0)]


class PlanPoint(msgspec.Struct, forbid_unknown_fields=True):
    """One thing to do."""

    text: Line
    minutes: int | None = None
    done: bool = False


class PlanGoal(msgspec.Struct, forbid_unknown_fields=True):
    """One thing to reach."""

    text: Line
    done: bool = False


class WholePlan(msgspec.Struct, forbid_unknown_fields=True):
    """Agenda and goals; `version` is the one that was seen, 0 before there is any."""

    agenda: list[PlanPoint]
    goals: list[PlanGoal]
    version: Size


class Snapshot(msgspec.Struct, forbid_unknown_fields=True):
    """How large it is."""

    bytes: Size


class Link(msgspec.Struct):
    """An address that is good for a few minutes; an upload is a PUT of exactly the bytes announced."""

    url: str


class Place(Link):
    """Where a snapshot goes, for so many seconds."""

    seconds: int


class Documents(msgspec.Struct):
    """Where each side's snapshot is read; both are one document once they are merged."""

    mentor: str | None
    learner: str | None


class NewMaterial(msgspec.Struct, forbid_unknown_fields=True):
    """A file as the browser names it; its type goes by its name's ending."""

    name: Name
    size: Size
    content_type: Annotated[str, msgspec.Meta(max_length=200)] = ""
    kind: Literal["file", "board"] = "file"


class MaterialForm(msgspec.Struct):
    """Post the fields and then `file`, as multipart/form-data, to `url` within ten minutes."""

    id: str
    url: str
    fields: dict[str, str]


class MaterialView(msgspec.Struct):
    """A file: `waiting` for its bytes or their inspection, `ready`, or `refused` for a `reason` in words."""

    id: str
    by: Side
    kind: Literal["file", "board"]
    name: str
    content_type: str
    size: int
    state: str
    reason: str | None
    at: datetime


class MaterialList(msgspec.Struct):
    """All files of a session, in the order they came: fifty at most."""

    items: list[MaterialView]


@routes.add("GET", "/sessions/{session_id}/plan", PARTY, answer=WholePlan)
def show_plan(call: Call, session_id: str) -> WholePlan:
    """What the two want to do, and to reach."""
    return _plan(plans.show(call.deps, user_id=call.user.user_id, session_id=session_id))


@routes.add("PUT", "/sessions/{session_id}/plan", PARTY, body=WholePlan, answer=WholePlan)
def write_plan(call: Call, session_id: str) -> object:
    """The whole plan anew; 409 with the newest, as `current`, if the other side wrote meanwhile."""
    given: WholePlan = call.body
    agenda = tuple(Point(each.text, each.minutes, each.done) for each in given.agenda)
    goals = tuple(Goal(each.text, each.done) for each in given.goals)
    me = call.user.user_id
    try:
        written = plans.write(
            call.deps, user_id=me, session_id=session_id, agenda=agenda, goals=goals, version=given.version
        )
    except PlanChanged as changed:
        return refused(changed, also={"current": _plan(changed.newest)})
    return _plan(written)


@routes.add("POST", "/sessions/{session_id}/document", PARTY, body=Snapshot, answer=Place)
def send_document(call: Call, session_id: str) -> Place:
    """Leave to write one's own side of what the two write together: 2 MB at most."""
    me = call.user.user_id
    url = documents.upload(call.deps, user_id=me, session_id=session_id, size=call.body.bytes)
    return Place(url, int(documents.LIFE.total_seconds()))


@routes.add("GET", "/sessions/{session_id}/document", PARTY, answer=Documents)
def show_document(call: Call, session_id: str) -> Documents:
    """Both sides' snapshots."""
    links = documents.links(call.deps, user_id=call.user.user_id, session_id=session_id)
    return Documents(links["mentor"], links["learner"])


@routes.add("POST", "/sessions/{session_id}/materials", PARTY, body=NewMaterial, answer=MaterialForm, status=201)
def add_material(call: Call, session_id: str) -> MaterialForm:
    """A form to send one file with: 25 MB at most, of the kinds that are taken."""
    file = Named(call.body.name, call.body.size, call.body.kind)
    material, form = materials.add(call.deps, user_id=call.user.user_id, session_id=session_id, file=file)
    return MaterialForm(material.id, form.url, dict(form.fields))


@routes.add("GET", "/sessions/{session_id}/materials", PARTY, answer=MaterialList)
def list_materials(call: Call, session_id: str) -> MaterialList:
    """The files of a session."""
    found = materials.listed(call.deps, user_id=call.user.user_id, session_id=session_id)
    return MaterialList([_material(each) for each in found])


@routes.add("GET", "/sessions/{session_id}/materials/{material_id}/link", PARTY, answer=Link)
def link_material(call: Call, session_id: str, material_id: str) -> Link:
    """To save the file, for five minutes."""
    me = call.user.user_id
    return Link(materials.link(call.deps, user_id=me, session_id=session_id, material_id=material_id))


@routes.add("DELETE", "/sessions/{session_id}/materials/{material_id}", PARTY, status=204)
def delete_material(call: Call, session_id: str, material_id: str) -> None:
    """One's own file, at once for both."""
    materials.delete(call.deps, user_id=call.user.user_id, session_id=session_id, material_id=material_id)


def _plan(plan: Plan) -> WholePlan:
    agenda = [PlanPoint(each.text, each.minutes, each.done) for each in plan.agenda]
    return WholePlan(agenda, [PlanGoal(each.text, each.done) for each in plan.goals], plan.version)


def _material(material: Material) -> MaterialView:
    return MaterialView(
        id=material.id,
        by=material.by,
        kind=material.shape,
        name=material.name,
        content_type=material.content_type,
        size=material.size,
        state=material.state,
        reason=material.reason,
        at=material.at,
    )
