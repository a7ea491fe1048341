"""A person's own profile."""

from typing import TYPE_CHECKING, Any

from chalicelib.domain.mentors import Person
from chalicelib.services.accounts import people

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def edit(deps: "Deps", user_id: str, parts: dict[str, Any]) -> Person:
    """Some parts new; an approved mentor's public profile follows in the same commit."""
    return people.change_account(deps, user_id, lambda account: account.edited(**parts))
