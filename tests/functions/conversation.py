"""What two pages in a room say to the server, and what they say it with."""

from datetime import timedelta

from ulid import ULID

from chalicelib.domain.rooms import Entry
from tests.fakes.world import NOON

ROOM = "room:ses_1"
BOOKING = "bkg_1"
UNTIL = NOON + timedelta(hours=1)


def pass_for(deps, side, user_id, session_id="ses_1", life=timedelta(hours=1), starts_at=NOON, booking_id=BOOKING):
    claims = {"ses": session_id, "side": side, "at": int(starts_at.timestamp()), "bkg": booking_id, "nam": "Lena"}
    return deps.tokens.sign("room-pass", user_id, life, claims)


def join(page, shown, sid, topic=ROOM, id_=None):
    return page.send({"type": "join", "topic": topic, "id": id_, "data": {"pass": shown, "sid": sid}})


def signal(page, token, topic=ROOM, **data):
    return page.send({"type": "signal", "topic": topic, "data": {"token": token, **data}})


def refusal(answers):
    [answer] = answers
    assert answer["type"] == "error"
    return answer["data"]["code"]


def entry(user_id, side):
    return Entry("ses_1", user_id, side, NOON, UNTIL)


def ulid(at=NOON):
    """An id as a page makes it."""
    return str(ULID.from_datetime(at))


def chat(page, shown, id_, text, frame="chat-1", **data):
    data |= {"pass": shown, "id": id_, "text": text}
    return page.send({"type": "chat", "topic": ROOM, "id": frame, "data": data})


def seen(page, shown, until, frame=None):
    return page.send({"type": "chat-seen", "topic": ROOM, "id": frame, "data": {"pass": shown, "until": until}})
