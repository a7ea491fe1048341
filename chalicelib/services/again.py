"""What lost a race is tried again on what is there now."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.domain.errors import Conflict

TRIES = 4
Result = TypeVar("Result")


def again(attempt: Callable[[], Result]) -> Result:
    """Repeat what lost a race, reading anew; after some tries the person is asked to look again."""
    for _ in range(TRIES - 1):
        try:
            return attempt()
        except Conflict as conflict:
            if conflict.code != "changed_meanwhile":
                raise
    return attempt()
