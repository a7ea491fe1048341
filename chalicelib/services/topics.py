"""Which topics learners have named, for whoever describes a session to them."""

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.errors import DomainError
from chalicelib.domain.topics import Topic, key_of, suggested

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def suggest(deps: "Deps", part: str) -> list[Topic]:
    """The most wanted topics with these letters in them; those that nobody names any more make room on the way."""
    known = {key_of(each.topic): each for each in deps.topics.all(deps.clock())}
    if letters := key_of(part):  # what somebody has just named is seen by whoever begins to write it
        known |= {key_of(each.topic): each for each in deps.topics.beginning(letters)}
    found = suggested(known.values(), part)
    spent = deps.topics.clearing()
    if spent:
        with suppress(DomainError):  # somebody names one of them again; the next reading sees to the others
            deps.tables.commit(spent)
    return found
