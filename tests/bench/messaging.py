"""DynamoDB requests of messages and presence against their budget."""

from chalicelib.services import messages, presence
from tests.bench.spent import Spent, spent
from tests.fakes import people
from tests.fakes.world import world
from tests.services.writing import in_common, write

KEYS = [f"01HQZX3J5V4D7K9M2N6P8R0S{each}" for each in ("1A", "1B")]


def counted() -> list[Spent]:
    """Each operation once, between two people who have written before."""
    deps = world()
    meera, lena = people.mentor(deps).account.id, people.learner(deps)
    write(deps, lena.id, meera, key=KEYS[0], about=in_common(deps, lena, deps.mentors.person(meera)))
    opening = {"about": None, "limit": 30, "cursor": None}
    return [
        spent(deps, "my conversations", 2, lambda: messages.threads(deps, lena.id, limit=30, cursor=None)),
        spent(deps, "unread messages", 1, lambda: messages.unread(deps, meera)),
        spent(deps, "a conversation", 3, lambda: messages.opened(deps, meera, lena.id, **opening)),
        spent(deps, "a message", 2, lambda: write(deps, lena.id, meera, key=KEYS[1])),
        spent(deps, "messages seen", 2, lambda: messages.see(deps, meera, lena.id, 2)),
        spent(deps, "fifty mentors' presence", 1, lambda: presence.among(deps, [meera])),
    ]
