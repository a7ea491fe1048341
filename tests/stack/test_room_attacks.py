"""Who tries to listen in on a room, to speak in it for somebody else, or to come back after being put out: in vain."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from ulid import ULID
from websockets.exceptions import ConnectionClosed

from chalicelib.stores import keys
from tests.stack.line import greeted

NOW = timedelta(0)  # rounded up to the next quarter-hour: the doors are open


@pytest.fixture
def pair(new_mentor, new_learner, new_session):
    """A mentor, a learner, and a session they have booked that is about to begin."""
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor, NOW)
    assert learner.browser.post(f"/sessions/{session_id}/bookings").status == 201
    return mentor, learner, session_id


@pytest.fixture
def mallory(new_learner):
    """A third person with a valid account."""
    return new_learner()


def pass_of(who, session_id):
    return who.browser.post(f"/rooms/{session_id}/join").data["pass"]


def frame(kind, session_id, **data):
    return {"type": kind, "topic": f"room:{session_id}", "id": f"{kind}-1", "data": data}


def enter(line, session_id, shown, sid):
    return line.ask(frame("join", session_id, **{"pass": shown}, sid=sid), "joined")["data"]


def attempts(session_id, shown, token=""):
    """Everything that can be said in a room."""
    id_, named = str(ULID()), {"pass": shown}
    return [
        frame("join", session_id, **named, sid="mallory"),
        frame("here", session_id, **named),
        frame("chat", session_id, **named, id=id_, text="hello from nobody"),
        frame("chat-seen", session_id, **named, until=id_),
        frame("signal", session_id, token=token, say={"kind": "hello"}),
        frame("leave", session_id),
    ]


def answers(line, frames):
    """What a socket is told because of these frames: a pong marks the end."""
    for each in frames:
        line.send(each)
    line.send({"type": "ping", "id": "the end"})
    heard = []
    while not heard or heard[-1].get("id") != "the end":
        heard.append(line.hear())
    return heard[:-1]


def kept(real, session_id):
    """All that the tables hold of the room, its chat and its attendance."""
    room = real.tables.read(keys.room(session_id))
    about = real.tables.query("core", keys.session(session_id).pk).items
    return json.dumps([room, about], default=str, sort_keys=True)


def test_a_third_person_gets_nothing_learns_nothing_and_changes_nothing(pair, mallory, real):
    mentor, learner, session_id = pair
    mentor.browser.post(f"/rooms/{session_id}/admit")
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his, greeted(mallory.browser) as theirs:
        stolen = {who.account.id: pass_of(who, session_id) for who in (mentor, learner)}
        enter(his, session_id, stolen[learner.account.id], "sid-l")
        overheard = enter(hers, session_id, stolen[mentor.account.id], "sid-m")["peer"]["token"]
        his.until("peer-joined")
        before = kept(real, session_id)
        user = mallory.account.id
        claims = {"ses": session_id, "side": "learner", "at": 0, "bkg": "bkg_x", "nam": "x"}
        passes = [
            *stolen.values(),
            "x.y.z",
            real.tokens.sign("ticket", learner.account.id, timedelta(hours=1), claims),
            real.tokens.sign("room-pass", learner.account.id, timedelta(seconds=-1), claims),
            real.tokens.sign("room-pass", user, timedelta(hours=1), claims | {"ses": "ses_another"}),
        ]
        for shown in passes:
            told = answers(theirs, attempts(session_id, shown, overheard))
            codes = {each["data"]["code"] for each in told if each["type"] == "error"}
            assert codes <= {"pass_expired", "wrong_room"}, told
            assert {each["type"] for each in told} <= {"error", "peer-gone"}
        for path in ("join", "ice", "live", "end", "admit", "mute", "remove", "readmit", "extension"):
            assert mallory.browser.post(f"/rooms/{session_id}/{path}").status in (403, 404, 415, 422), path
        assert mallory.browser.post(f"/rooms/{session_id}/late", {"minutes": 5}).code == "not_found"
        assert mallory.browser.get(f"/sessions/{session_id}/chat").code == "not_found"
        assert kept(real, session_id) == before
        assert answers(his, []) == answers(hers, []) == []


def test_before_admission_a_learner_reaches_nobody(pair, real):
    mentor, learner, session_id = pair
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        enter(hers, session_id, pass_of(mentor, session_id), "sid-m")
        shown = pass_of(learner, session_id)
        joined = enter(his, session_id, shown, "sid-l")
        assert (joined["admitted"], joined["peer"], joined["offer"]) == (False, None, False)
        assert hers.until("knocking")["data"]["name"] == learner.account.name
        waiting = [each for each in attempts(session_id, shown) if each["type"] not in ("join", "here", "leave")]
        told = answers(his, waiting)
        assert [each["data"]["code"] for each in told] == ["not_admitted", "not_admitted", "bad_token"]
        assert learner.browser.post(f"/rooms/{session_id}/admit").code in ("mentor_only", "not_allowed")
        assert answers(hers, []) == []
        assert mentor.browser.post(f"/rooms/{session_id}/admit").status == 204
        assert his.until("admitted")["topic"] == f"room:{session_id}"
        assert enter(his, session_id, shown, "sid-l")["peer"]["sid"] == "sid-m"


def test_whoever_was_put_out_comes_back_by_no_way(pair, real):
    mentor, learner, session_id = pair
    mentor.browser.post(f"/rooms/{session_id}/admit")
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his, greeted(learner.browser) as tab:
        shown = pass_of(learner, session_id)
        enter(hers, session_id, pass_of(mentor, session_id), "sid-m")
        token = enter(tab, session_id, shown, "first-tab")["peer"]["token"]
        enter(his, session_id, shown, "second-tab")
        hers.until("peer-joined", sid="second-tab")
        assert mentor.browser.post(f"/rooms/{session_id}/remove").status == 204
        assert his.until("removed")["topic"] == f"room:{session_id}"
        assert hers.until("peer-left")["data"]["sid"] == "second-tab"
        for line in (his, tab):  # the first tab's token is still good for a connection that is no more
            with pytest.raises(ConnectionClosed):
                answers(line, [frame("signal", session_id, token=token, say={"kind": "hello"})] * 20)
        for path in ("join", "ice"):
            assert learner.browser.post(f"/rooms/{session_id}/{path}").code == "removed"
        with greeted(learner.browser) as again:
            told = answers(again, attempts(session_id, shown, token))
            assert {each["data"]["code"] for each in told if each["type"] == "error"} == {"removed"}
            assert {each["type"] for each in told} == {"error", "peer-gone"}
        assert [each["type"] for each in answers(hers, [])] == []
        assert mentor.browser.post(f"/rooms/{session_id}/readmit").status == 204
        with greeted(learner.browser) as back:
            assert enter(back, session_id, pass_of(learner, session_id), "sid-l")["peer"]["sid"] == "sid-m"


def test_whoever_gave_the_session_up_at_open_doors_is_not_with_whoever_takes_it_then(pair, mallory):
    mentor, learner, session_id = pair
    mentor.browser.post(f"/rooms/{session_id}/admit")
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        enter(hers, session_id, pass_of(mentor, session_id), "sid-m")
        door = learner.browser.post(f"/rooms/{session_id}/join").data
        token = enter(his, session_id, door["pass"], "sid-l")["peer"]["token"]
        given_up = {"reason": "", "refund_paise": 0}
        assert learner.browser.post(f"/bookings/{door['booking_id']}/cancel", given_up).status == 200
        assert hers.until("session")["data"]["status"] == his.until("session")["data"]["status"] == "cancelled"
        with pytest.raises(ConnectionClosed):
            answers(his, [frame("signal", session_id, token=token, say={"kind": "hello"})] * 20)
    assert mallory.browser.post(f"/sessions/{session_id}/bookings").status == 201
    with greeted(learner.browser) as again, greeted(mallory.browser) as theirs:
        told = answers(again, attempts(session_id, door["pass"], token))
        assert {each["data"]["code"] for each in told if each["type"] == "error"} == {"pass_expired", "removed"}
        joined = enter(theirs, session_id, pass_of(mallory, session_id), "sid-x")
        assert (joined["admitted"], joined["peer"], joined["status"]) == (False, None, "booked")


def test_chat_is_for_the_two_then_and_afterwards(pair, mallory):
    mentor, learner, session_id = pair
    mentor.browser.post(f"/rooms/{session_id}/admit")
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        shown = {who.account.id: pass_of(who, session_id) for who in (mentor, learner)}
        enter(his, session_id, shown[learner.account.id], "sid-l")
        enter(hers, session_id, shown[mentor.account.id], "sid-m")
        id_ = str(ULID.from_datetime(datetime.now(UTC)))
        said = frame("chat", session_id, **{"pass": shown[learner.account.id]}, id=id_, text="नमस्ते 👋")
        first, again = his.ask(said, "chat-taken"), his.ask(said, "chat-taken")
        assert first == again and first["data"]["id"] == id_
        told = hers.until("chat")["data"]
        assert (told["id"], told["by"], told["text"]) == (id_, "learner", "नमस्ते 👋")
        hers.send(frame("chat-seen", session_id, **{"pass": shown[mentor.account.id]}, until=id_))
        assert his.until("chat-seen")["data"] == {"until": id_}
    page = learner.browser.get(f"/sessions/{session_id}/chat?limit=5").data
    assert ([item["id"] for item in page["items"]], page["seen_by_other_until"]) == ([id_], id_)
    assert mentor.browser.get(f"/sessions/{session_id}/chat").data["items"] == page["items"]
    assert mallory.browser.get(f"/sessions/{session_id}/chat").status == 404


def test_the_other_hears_of_being_late_and_of_muting(pair):
    mentor, learner, session_id = pair
    mentor.browser.post(f"/rooms/{session_id}/admit")
    assert learner.browser.post(f"/rooms/{session_id}/late", {"minutes": 7}).status == 422
    assert mentor.browser.post(f"/rooms/{session_id}/mute").code == "not_here"
    with greeted(learner.browser) as his:
        enter(his, session_id, pass_of(learner, session_id), "sid-l")
        assert mentor.browser.post(f"/rooms/{session_id}/late", {"minutes": 10}).status == 204
        assert his.until("late")["data"] == {"role": "mentor", "minutes": 10}
        assert mentor.browser.post(f"/rooms/{session_id}/mute").status == 204
        assert his.until("muted")
        assert enter(his, session_id, pass_of(learner, session_id), "sid-l")["late"] == {"mentor": 10, "learner": None}
