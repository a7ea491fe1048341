"""DynamoDB requests of what happens in a room against their budgets."""

from datetime import timedelta

from ulid import ULID

from chalicelib.domain.rooms import Presence, address
from chalicelib.services import (
    admissions,
    attendance,
    bookings,
    realtime,
    room_chat,
    room_history,
    rooms,
    sessions,
    signaling,
)
from tests.bench.spent import Spent, spent
from tests.fakes import lines, people
from tests.fakes.world import NOON, Clock, world


def counted() -> list[Spent]:
    """Each once, by a process that has greeted the sockets; one that has not asks once whose a socket is."""
    clock = Clock()
    deps = world(clock)
    meera, lena = people.mentor(deps).account, people.learner(deps)
    offer = sessions.Offer(
        "An hour of Python", "Whatever you like.", ("python",), "programming", NOON + timedelta(hours=2), 60
    )
    session = sessions.publish(deps, mentor_id=meera.id, offer=offer, key="budget-0001")
    bookings.book(deps, learner_id=lena.id, session_id=session.id, key="budget-0002")
    clock.now = session.starts_at
    hers, his = (rooms.let_in(deps, user_id=who.id, session_id=session.id) for who in (meera, lena))
    lines.join(deps, hers, "hers=", "sid-m")
    realtime.greet(deps, lines.opened(deps, lena.id, "his="))
    entry = signaling.admitted(deps, his.room_pass)
    ways = [Presence("learner", lena.id, "his=", "sid-l"), Presence("mentor", meera.id, "hers=", "sid-m")]
    token = deps.peer_tokens.sign(address(*ways, entry))
    line, shown, id_ = ("his=", session.id), his.room_pass, str(ULID.from_datetime(clock()))
    say, own = room_chat.Written(id_, "hello"), {"user_id": meera.id, "session_id": session.id}
    return [
        spent(deps, "a room joined", 1, lambda: signaling.join(deps, *line, shown, "sid-l")),
        spent(deps, "a signal relayed", 0, lambda: signaling.relay(deps, *line, {"token": token})),
        spent(deps, "a minute in the room", 1, lambda: attendance.mark(deps, *line, shown)),
        spent(deps, "a word in the room", 2, lambda: room_chat.say(deps, *line, shown, say)),
        spent(deps, "a word read", 2, lambda: room_chat.see(deps, *line, shown, id_)),
        spent(deps, "a room's chat", 3, lambda: room_history.read(deps, **own, limit=20, cursor=None)),
        spent(deps, "through the door again", 1, lambda: rooms.let_in(deps, **own)),
        spent(deps, "a learner let in", 2, lambda: admissions.admit(deps, **own)),
    ]
