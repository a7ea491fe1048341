"""Which topics learners have named, for whoever describes a session to them."""

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.errors import DomainError
from chalicelib.domain.topics import Topic, suggested

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def suggest(deps: "Deps", part: str) -> list[Topic]:
    """The most wanted topics with these letters in them; those that nobody names any more make room on the way."""
    found = suggested(deps.topics.all(deps.clock()), part)
    spent = deps.topics.clearing()
    if spent:
        with suppress(DomainError):  # somebody names one of them again; the next reading sees to the others
            deps.tables.commit(spent)
    return found
