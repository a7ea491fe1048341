"""A mentor's hours, what is offered at them, and what is taken of them, for tests."""

from datetime import timedelta

from chalicelib.domain.availability import Hours, Range
from chalicelib.services import availability, holds, offerings, open_times, sessions
from tests.fakes.world import NOON

ALL_DAY = ((Range(0, 1440),),) * 7
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def save(deps, account, zone=None, **changes):
    fields = {"weekly": ALL_DAY, "notice_minutes": 0} | changes
    return availability.save(deps, Hours(account.id, **fields), zone)


def offer(deps, account, minutes=60, status="published", title="Whatever you are stuck on"):
    pitch = offerings.Pitch(title, "Bring it.", ("python",), "programming", minutes)
    return offerings.create(deps, mentor_id=account.id, pitch=pitch, status=status, key=f"key-{title}-{minutes}")


def publish(deps, account, starts_at, minutes=60):
    wanted = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", starts_at, minutes)
    return sessions.publish(deps, mentor_id=account.id, offer=wanted, key=f"key-{starts_at.isoformat()}")


def hold(deps, who, offering, starts_at, slug="meera"):
    slot = holds.Slot(slug, offering.id, starts_at)
    return holds.hold(deps, learner_id=who.id, slot=slot, key=f"key-{starts_at.isoformat()}")


def starts(deps, offering, first=NOON, until=NOON + DAY):
    return open_times.between(deps, "meera", offering.id, first, until).starts


def times_to_move(deps, who, booking_id, offering, slug="meera"):
    stretch, own = (NOON, NOON + 5 * HOUR), {"user_id": who.id, "booking_id": booking_id}
    return open_times.between_moving(deps, slug, offering.id, *stretch, **own).starts
