"""What has to be true of a town's tables at any moment between two transactions."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta

from chalicelib.domain.bookings import LIVE, Booking
from chalicelib.domain.footprints import footprint
from chalicelib.domain.requests import Request
from chalicelib.domain.sessions import Session
from chalicelib.services import due
from chalicelib.stores.items import value_of
from chalicelib.stores.writes import Item, Key
from tests.fakes import purse
from tests.lives.town import Town

Items = Mapping[Key, Item]


def settled(town: Town, after: timedelta = timedelta()) -> None:
    """All that has become due is done."""
    town.clock.forward(after)
    for _ in range(200):
        swept = due.sweep(town.deps)
        purse.work(town.deps)
        assert swept.failed == {}, swept.failed
        if not swept.done:
            return
    raise AssertionError("There is always something due.")


def hold_of(items: Items) -> list[str]:
    """Everything that is wrong, in words; nothing is."""
    sessions = [value_of(Session, item) for item in items.values() if item.get("kind") == "session"]
    bookings = [value_of(Booking, item) for item in items.values() if item.get("kind") == "booking"]
    requests = [value_of(Request, item) for item in items.values() if item.get("kind") == "request"]
    return [
        *_calendars(items, sessions),
        *_full_days(items, sessions),
        *_pairs(sessions, bookings),
        *_allowances(items, bookings, requests),
        *_waiting(items, sessions),
        *_lists(items, sessions),
    ]


def _calendars(items: Items, sessions: list[Session]) -> list[str]:
    """Every claim is a live session's, and every live session has its claims; no quarter-hour is needed twice."""
    wanted: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for session in sessions:
        taken = footprint(session)
        learner = session.learner.id if session.learner else ""
        for user_id, days in ((session.mentor.id, taken.mentor), (learner, taken.learner)):
            for day, names in days.items():
                for name in names:
                    wanted[user_id, day.isoformat(), name].append(session.id)
    claimed = {
        (key.pk.removeprefix("CAL#"), key.sk.removeprefix("DAY#"), name): owner
        for key, item in items.items()
        if key.sk.startswith("DAY#")
        for name, owner in item.items()
        if name[0] == "q" and name[1:].isdigit()
    }
    twice = [f"{place} is taken by {owners}" for place, owners in wanted.items() if len(owners) > 1]
    missing = [f"{place} is not claimed for {owners}" for place, owners in wanted.items() if place not in claimed]
    stray = [f"{place} is claimed for {owner}" for place, owner in claimed.items() if wanted.get(place) != [owner]]
    return twice + missing + stray


def _full_days(items: Items, sessions: list[Session]) -> list[str]:
    """Whatever is to take place on a mentor's day, or has taken place, is one of that day's sessions."""
    counted = Counter(
        (f"CAL#{each.mentor.id}", f"LOCAL#{each.counted_on}")
        for each in sessions
        if each.status not in ("expired", "cancelled")
    )
    kept = {(key.pk, key.sk): item["count"] for key, item in items.items() if key.sk.startswith("LOCAL#")}
    return [
        f"{place}: {kept.get(place, 0)} counted, {counted[place]} there"
        for place in {*kept, *counted}
        if kept.get(place, 0) != counted[place]
    ]


def _pairs(sessions: list[Session], bookings: list[Booking]) -> list[str]:
    """A live booking is its session's present one, in the same state, at the same time."""
    of = {session.id: session for session in sessions}
    faults = []
    for booking in bookings:
        session = of[booking.session_id]
        present = session.booking_id == booking.id
        expected = {"held": ("held",), "confirmed": ("booked", "live")}.get(booking.status)
        if expected and not (present and session.status in expected and session.starts_at == booking.starts_at):
            faults.append(
                f"{booking.id} is {booking.status}, {session.id} is {session.status} for {session.booking_id}"
            )
    live = {booking.id for booking in bookings if booking.status in LIVE}
    for session in sessions:
        if session.booking_id and session.status in ("held", "booked", "live") and session.booking_id not in live:
            faults.append(f"{session.id} is {session.status} without a live booking")
    return faults


def _allowances(items: Items, bookings: list[Booking], requests: list[Request]) -> list[str]:
    faults = []
    open_requests = Counter(request.learner.id for request in requests if request.status == "open")
    free = Counter(each.learner_id for each in bookings if each.status in LIVE and each.price_paise == 0)
    held = {each.id: each.learner_id for each in bookings if each.status == "held"}
    kept = {item["id"]: item for item in items.values() if item.get("kind") == "allowance"}
    for user_id in {*kept, *free, *open_requests}:
        allowance = kept.get(user_id, {})
        found = (allowance.get("free_ahead", 0), allowance.get("open_requests", 0))
        if found != (free[user_id], open_requests[user_id]):
            faults.append(f"{user_id} has {found}, there are {(free[user_id], open_requests[user_id])}")
        if (hold := allowance.get("hold")) and held.get(hold) != user_id:
            faults.append(f"{user_id} is said to hold {hold}")
    return faults


def _waiting(items: Items, sessions: list[Session]) -> list[str]:
    queued = Counter(key.pk for key in items if key.sk.startswith("WAIT#") and key.pk.startswith("SES#"))
    links = Counter(f"SES#{key.sk[5:]}" for key in items if key.sk.startswith("WAIT#") and key.pk.startswith("USR#"))
    return [
        f"{each.id}: {each.waiters} wait, {queued[f'SES#{each.id}']} are queued, {links[f'SES#{each.id}']} know"
        for each in sessions
        if not each.waiters == queued[f"SES#{each.id}"] == links[f"SES#{each.id}"]
    ]


def _lists(items: Items, sessions: list[Session]) -> list[str]:
    """Everyone sees what is open, each as it is, and nothing else."""
    listed = {(item["id"], item["starts_at"]) for key, item in items.items() if key.pk == "LIST#sessions#all"}
    there = {(each.id, each.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ")) for each in sessions if each.is_listed}
    return [f"{each} is listed or open, not both" for each in listed ^ there]
