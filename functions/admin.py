"""Admins over HTTP: who applies as a mentor, approved or sent back."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.domain.mentors import Person
from chalicelib.services import mentors
from functions.access import ADMIN
from functions.accounts.shapes import Input, MentorSide, Text, mentor_side
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class ApplicationsQuery(PageQuery, forbid_unknown_fields=True):
    """Applications in which state."""

    status: Literal["draft", "pending", "approved", "returned"] = "pending"


class Application(Struct):
    """A mentor's application with the person behind it."""

    id: str
    name: str
    email: str
    email_verified: bool
    photo_url: str | None
    submitted_at: datetime | None
    mentor: MentorSide


class Applications(Struct):
    """The longest waiting first."""

    items: list[Application]
    next: str | None


class Reason(Input):
    """What is to be mended."""

    reason: Text


@routes.add("GET", "/admin/mentors", ADMIN, query=ApplicationsQuery, answer=Applications)
def list_applications(call: Call) -> Applications:
    """Applications in one state."""
    page = call.deps.mentors.with_status(call.query.status, call.query.limit, call.query.cursor)
    return Applications([_application(person) for person in page.items], page.next)


@routes.add("POST", "/admin/mentors/{mentor_id}/approve", ADMIN, status=204)
def approve_mentor(call: Call, mentor_id: str) -> None:
    """List the mentor."""
    mentors.approve(call.deps, mentor_id, by=call.user)


@routes.add("POST", "/admin/mentors/{mentor_id}/return", ADMIN, body=Reason, status=204)
def return_mentor(call: Call, mentor_id: str) -> None:
    """Send the application back with the reason."""
    mentors.send_back(call.deps, mentor_id, call.body.reason, by=call.user)


def _application(person: Person) -> Application:
    account, mentor = person.account, person.mentor
    assert mentor is not None  # the store lists only those who applied
    return Application(
        id=account.id,
        name=account.name,
        email=account.email,
        email_verified=account.email_verified,
        photo_url=account.photo_url,
        submitted_at=mentor.submitted_at,
        mentor=mentor_side(mentor),
    )
