"""Mentors: applying, being approved, and the public directory."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Mentor, Person, slug_of
from chalicelib.services.accounts import people
from chalicelib.services.accounts.letters import letter
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NUMBERED_SLUGS = 30


def apply(deps: "Deps", user_id: str) -> Person:
    """A learner begins a mentor's application; the role comes with it, being listed only with approval."""

    def attempt() -> Person:
        old = people.person(deps, user_id)
        new = Person(old.account.with_role("mentor"), Mentor(user_id, deps.clock()))
        if old.mentor or new.mentor is None:
            raise Conflict("already_mentor", "You have begun your mentor application already.")
        writes = [*deps.accounts.changing(old.account, new.account), deps.mentors.adding(new.mentor, new.account)]
        deps.tables.commit(writes)
        return new

    return again(attempt)


def edit(deps: "Deps", user_id: str, parts: dict[str, Any]) -> Person:
    """Some parts new; what an approved mentor changes is public at once."""
    return people.change(deps, user_id, lambda old: replace(old, mentor=_begun(old).edited(**parts)))


def submit(deps: "Deps", user_id: str) -> Person:
    """Hand the application in."""
    now = deps.clock()
    return people.change(deps, user_id, lambda old: replace(old, mentor=_begun(old).submitted(now)))


def approve(deps: "Deps", user_id: str, *, by: Identity | None) -> Person:
    """The mentor gets a public address and stands in the directory; `by` is None for the command line."""
    _must_be_anothers(user_id, by)
    for attempt in range(NUMBERED_SLUGS):
        try:
            return _approve(deps, user_id, attempt, by)
        except Conflict as conflict:
            if conflict.code != "slug_taken":
                raise
    raise Conflict("slug_taken", "Too many mentors have this name. Please ask for a longer one.")


def send_back(deps: "Deps", user_id: str, reason: str, *, by: Identity | None) -> Person:
    """The application goes back with the reason, to be mended and handed in again."""
    _must_be_anothers(user_id, by)

    def decide(old: Person) -> Person:
        return replace(old, mentor=_applied(old).returned(reason))

    def follow(old: Person, new: Person) -> list[Write]:
        return [*_still_admin(deps, by), letter(deps, new.account, "mentor_returned", reason=reason.strip())]

    return people.change(deps, user_id, decide, follow, absent=_no_mentor)


def _approve(deps: "Deps", user_id: str, attempt: int, by: Identity | None) -> Person:
    now = deps.clock()

    def decide(old: Person) -> Person:
        slug = slug_of(old.account.name, attempt, user_id)
        return replace(old, mentor=_applied(old).approved(old.account, slug, now))

    def follow(old: Person, new: Person) -> list[Write]:
        slug = new.mentor.slug if new.mentor else None
        return [*_still_admin(deps, by), letter(deps, new.account, "mentor_approved", slug=slug or "")]

    return people.change(deps, user_id, decide, follow, absent=_no_mentor)


def _must_be_anothers(user_id: str, by: Identity | None) -> None:
    if by and by.user_id == user_id:
        raise Forbidden("own_application", "Another admin has to decide on your own application.")


def _still_admin(deps: "Deps", by: Identity | None) -> list[Write]:
    return [deps.accounts.signed_in(by)] if by else []


def _begun(person: Person) -> Mentor:
    person.account.must_be_active()
    if person.mentor is None:
        raise Conflict("no_application", "Begin your mentor application first.")
    return person.mentor


def _applied(person: Person) -> Mentor:
    if person.mentor is None:
        raise _no_mentor()
    return person.mentor


def _no_mentor() -> NotFound:
    return NotFound("mentor")
