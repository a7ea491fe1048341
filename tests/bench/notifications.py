"""What telling a person something, and showing what they were told, asks of DynamoDB."""

from datetime import timedelta

from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.preferences import Wish
from chalicelib.services import mail
from chalicelib.services.notifications import digests, shown, wishes
from tests.bench.spent import Spent, spent
from tests.fakes import people
from tests.fakes.times import errand, recorded
from tests.fakes.world import world

TOLD = 120
FACTS = {"title": "Decorators", "other": "Meera", "stars": "5", "words": "Good.", "booking_id": "bkg_1"}


def counted() -> list[Spent]:
    """Each operation once, for somebody with many notifications."""
    deps = world()
    lena = people.learner(deps)
    for _ in range(TOLD):
        deps.clock.forward(timedelta(minutes=1))  # type: ignore[attr-defined]
        message = Outgoing(deps.new_id("out"), lena.id, "", "review_received", deps.clock(), FACTS)
        deps.tables.commit([deps.outbox.adding(message)])
    first, second, *_, last = recorded(deps)
    daily = {"reviews": Wish(mail="daily")}
    return [
        spent(deps, "my notifications", 1, lambda: shown.listed(deps, lena.id, limit=20, cursor=None)),
        spent(deps, "unread notifications", 1, lambda: shown.unread(deps, lena.id)),
        spent(deps, "one notification read", 1, lambda: shown.read(deps, lena.id, first.id)),
        spent(deps, "all notifications read", 1, lambda: shown.read_all(deps, lena.id, last.id)),
        spent(deps, "a notification's mail", 4, lambda: mail.send(deps, errand(first))),
        spent(deps, "what I want to be told", 1, lambda: wishes.shown(deps, lena.id)),
        spent(deps, "wishes kept", 2, lambda: wishes.keep(deps, lena.id, daily, None, version=0)),
        spent(deps, "a notification for the daily mail", 4, lambda: mail.send(deps, errand(second))),
        spent(deps, "the daily mail gathered", 4, lambda: digests.gather(deps, lena.id)),
    ]
