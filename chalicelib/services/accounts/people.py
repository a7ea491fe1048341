"""Reading and changing a person: whatever shows them changes in the same commit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import DomainError, signed_out
from chalicelib.domain.mentors import Person
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def person(deps: "Deps", user_id: str) -> Person:
    """The signed-in person as they are now."""
    found = deps.mentors.person(user_id)
    if found is None:
        raise signed_out()
    found.account.must_be_active()
    return found


def change(
    deps: "Deps",
    user_id: str,
    decide: Callable[[Person], Person],
    also: Callable[[Person, Person], Sequence[Write]] = lambda old, new: (),
    absent: Callable[[], DomainError] = signed_out,
) -> Person:
    """Apply a rule to the person as they are now, again if someone else changed them in between."""

    def attempt() -> Person:
        old = deps.mentors.person(user_id)
        if old is None:
            raise absent()
        new = decide(old)
        writes = [*changing(deps, old, new), *also(old, new)]
        if writes:
            deps.tables.commit(writes)
        return new

    return again(attempt)


def change_account(
    deps: "Deps",
    user_id: str,
    decide: Callable[[Account], Account],
    also: Callable[[Person, Person], Sequence[Write]] = lambda old, new: (),
    absent: Callable[[], DomainError] = signed_out,
) -> Person:
    """The same for a rule that looks at the account alone."""
    return change(deps, user_id, lambda old: replace(old, account=decide(old.account)), also, absent)


def changing(deps: "Deps", old: Person, new: Person) -> list[Write]:
    """The writes between two states of a person; what is public is made of both sides as they were read."""
    account = deps.accounts.changing(old.account, new.account)
    mentor = deps.mentors.changing(old, new)
    if mentor and not account:
        account = [deps.accounts.unchanged(old.account)]
    return [*account, *mentor, *_cards(deps, old, new)]


def _cards(deps: "Deps", old: Person, new: Person) -> list[Write]:
    """Sessions hold copies of what a person looks like."""
    looks = [
        (each.account.name, each.account.photo, each.mentor and each.mentor.card(each.account)) for each in (old, new)
    ]
    return [deps.cards.renewing(new.account.id, deps.clock())] if looks[0] != looks[1] else []
