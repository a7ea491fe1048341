"""Two people in a room: joining, relaying, leaving, and those who try to listen in or speak for others."""

import base64
import json
import threading
from datetime import timedelta

import pytest

from chalicelib.domain.rooms import Address, Entry
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.secrets import Secrets
from chalicelib.stores import keys
from tests.fakes.world import NOON, SECRETS

ROOM = "room:ses_1"
UNTIL = NOON + timedelta(hours=1)


def pass_for(deps, side, user_id, session_id="ses_1", life=timedelta(hours=1)):
    return deps.tokens.sign("room-pass", user_id, life, {"ses": session_id, "side": side})


def join(page, shown, sid, topic=ROOM, id_=None):
    return page.send({"type": "join", "topic": topic, "id": id_, "data": {"pass": shown, "sid": sid}})


@pytest.fixture
def lena(page, deps):
    """The learner's page, connected."""
    return page("lena=", "usr_l")


@pytest.fixture
def meera(page, deps):
    """The mentor's page, connected."""
    return page("meera=", "usr_m")


@pytest.fixture
def met(deps, lena, meera):
    """Both have joined; each one's token to the other, by name."""
    join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m")
    tokens = {"meera": meera.heard[-1]["data"]["peer"]["token"], "lena": lena.heard[-1]["data"]["token"]}
    deps.tables.requests.clear()
    deps.sockets.posts.clear()
    return tokens


def signal(page, token, topic=ROOM, **data):
    return page.send({"type": "signal", "topic": topic, "data": {"token": token, **data}})


def refusal(answers):
    [answer] = answers
    assert answer["type"] == "error"
    return answer["data"]["code"]


def test_the_first_one_waits_and_the_newcomer_offers(deps, lena, meera):
    [alone] = join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    time = "2026-03-02T12:00:00Z"
    assert alone["data"] == {
        "role": "learner", "polite": True, "offer": False, "peer": None, "status": "booked", "server_time": time
    }  # fmt: skip
    [second] = join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m")
    peer = second["data"].pop("peer")
    assert second["data"] == {"role": "mentor", "polite": False, "offer": True, "status": "booked", "server_time": time}
    assert (peer["sid"], peer["role"]) == ("sid-l", "learner")
    news = lena.heard[-1]
    assert (news["type"], news["topic"]) == ("peer-joined", ROOM)
    assert (news["data"]["sid"], news["data"]["role"]) == ("sid-m", "mentor")


def test_joining_is_one_update_and_two_posts(deps, lena, meera):
    join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    deps.tables.requests.clear()
    deps.sockets.posts.clear()
    join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m")
    assert deps.tables.requests == ["UpdateItem"]
    assert [(to, message["type"]) for to, message in deps.sockets.posts] == [
        ("lena=", "peer-joined"),
        ("meera=", "joined"),
    ]


def test_a_relay_is_one_post_and_asks_no_table(deps, lena, meera, met):
    signal(meera, met["meera"], description={"type": "offer", "sdp": "v=0"}, candidates=[{"candidate": "a"}])
    assert deps.tables.requests == []
    [(to, message)] = deps.sockets.posts
    assert to == "lena="
    assert message == {
        "type": "signal",
        "topic": ROOM,
        "data": {
            "description": {"type": "offer", "sdp": "v=0"},
            "candidates": [{"candidate": "a"}],
            "from": {"role": "mentor", "sid": "sid-m"},
            "at": "2026-03-02T12:00:00Z",
        },
    }


def test_both_ways_are_open(deps, lena, meera, met):
    signal(lena, met["lena"], media={"mic": True})
    assert meera.heard[-1]["data"]["from"] == {"role": "learner", "sid": "sid-l"}


def test_a_client_cannot_say_who_it_is_or_when(deps, lena, meera, met):
    signal(meera, met["meera"], chat="hi", **{"from": {"role": "learner", "sid": "x"}, "at": "1999-01-01T00:00:00Z"})
    assert lena.heard[-1]["data"]["from"] == {"role": "mentor", "sid": "sid-m"}
    assert lena.heard[-1]["data"]["at"] == "2026-03-02T12:00:00Z"


def test_of_two_who_join_at_once_exactly_one_offers(deps, page):
    for turn in range(40):
        passes = {side: pass_for(deps, side, f"usr_{side}", f"ses_{turn}") for side in ("mentor", "learner")}
        pages = {side: page(f"{side}{turn}=", f"usr_{side}") for side in passes}
        start = threading.Barrier(2)

        def race(side, turn=turn, pages=pages, passes=passes, start=start):
            start.wait()
            join(pages[side], passes[side], f"sid-{side}", f"room:ses_{turn}")

        racers = [threading.Thread(target=race, args=(side,)) for side in passes]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        joined = [message for side in pages for message in pages[side].heard if message["type"] == "joined"]
        assert sorted(message["data"]["offer"] for message in joined) == [False, True]
        told = [message for side in pages for message in pages[side].heard if message["type"] == "peer-joined"]
        assert len(told) == 1


@pytest.mark.parametrize("which", ["payload", "seal", "none", "empty", "text", "number", "other key"])
def test_a_forged_token_reaches_nobody(deps, lena, meera, met, which):
    payload, _, seal = met["meera"].partition(".")
    fields = json.loads(base64.urlsafe_b64decode(payload + "=="))
    fields[5] = "someone-else"
    forged = base64.urlsafe_b64encode(json.dumps(fields).encode()).rstrip(b"=").decode()
    thief = PeerTokens(lambda: Secrets(**{**vars(SECRETS), "peer_tokens": "guessed"}))
    way = Address("meera=", "lena=", "usr_m", "mentor", "ses_1", "sid-m", UNTIL)
    token = {
        "payload": f"{forged}.{seal}",
        "seal": f"{payload}.{seal[:-4]}AAAA",
        "none": payload,
        "empty": "",
        "text": "नमस्ते.नमस्ते",
        "number": 7,
        "other key": thief.sign(way),
    }[which]
    assert refusal(signal(meera, token, chat="x")) == "bad_token"
    assert deps.sockets.to("lena=") == []


def test_a_signal_without_a_token_reaches_nobody(deps, meera, met):
    assert refusal(meera.send({"type": "signal", "topic": ROOM, "data": {"chat": "x"}})) == "bad_token"


def test_someone_elses_token_is_worthless_on_another_connection(deps, page, met):
    mallory = page("mallory=", "usr_x")
    assert signal(mallory, met["meera"], chat="x") == [{"type": "peer-gone", "topic": ROOM}]
    assert deps.sockets.to("lena=") == []


def test_a_token_is_about_one_room(deps, meera, met):
    [answer] = signal(meera, met["meera"], topic="room:ses_2", chat="x")
    assert answer["type"] == "peer-gone"
    assert deps.sockets.to("lena=") == []


def test_a_token_ends_with_the_room(deps, clock, meera, met):
    clock.forward(timedelta(hours=1))
    [answer] = signal(meera, met["meera"], chat="x")
    assert answer["type"] == "peer-gone"
    assert deps.sockets.to("lena=") == []


def test_a_stranger_cannot_join_with_an_expired_or_false_pass(deps, clock, page):
    mallory = page("mallory=", "usr_x")
    assert refusal(join(mallory, "x.y.z", "s")) == "pass_expired"
    ticket = deps.tokens.sign("ticket", "usr_l", timedelta(hours=1), {"ses": "ses_1", "side": "learner"})
    assert refusal(join(mallory, ticket, "s")) == "pass_expired"
    old = pass_for(deps, "learner", "usr_l")
    clock.forward(timedelta(hours=1))
    [answer] = join(mallory, old, "s", id_="join-1")
    assert (answer["id"], answer["data"]["code"]) == ("join-1", "pass_expired")
    assert keys.room("ses_1") not in deps.tables.items


def test_a_pass_is_for_one_room(deps, lena):
    shown = pass_for(deps, "learner", "usr_l", "ses_2")
    assert refusal(join(lena, shown, "s")) == "wrong_room"
    assert keys.room("ses_1") not in deps.tables.items


def test_nobody_joins_a_room_that_was_closed(deps, lena):
    deps.tables.update(deps.rooms.marking("ses_1", "completed", UNTIL, closed=True))
    assert refusal(join(lena, pass_for(deps, "learner", "usr_l"), "s")) == "ended"


def test_a_second_device_takes_over(deps, page, lena, meera, met):
    phone = page("phone=", "usr_l")
    [joined] = join(phone, pass_for(deps, "learner", "usr_l"), "sid-phone")
    assert joined["data"]["peer"]["sid"] == "sid-m"
    assert lena.heard[-1] == {"type": "replaced", "topic": ROOM}
    assert meera.heard[-1]["data"]["sid"] == "sid-phone"
    signal(meera, meera.heard[-1]["data"]["token"], chat="hello phone")
    assert phone.heard[-1]["data"]["chat"] == "hello phone"


def test_the_device_taken_over_from_leaves_no_gap_when_it_closes(deps, page, lena, meera, met):
    phone = page("phone=", "usr_l")
    join(phone, pass_for(deps, "learner", "usr_l"), "sid-phone")
    before = len(meera.heard)
    deps.tables.commit([deps.rooms.opening(entry("usr_l", "learner"))])
    lena.close()
    assert meera.heard[before:] == []
    assert deps.rooms.find("ses_1").here["learner"].connection == "phone="


def test_joining_again_on_the_same_connection_replaces_nobody(deps, lena, meera, met):
    [joined] = join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    assert joined["type"] == "joined"
    assert joined["data"]["offer"] is True


def test_a_peer_who_is_gone_is_cleared_away_and_the_sender_told(deps, lena, meera, met):
    deps.sockets.gone.add("lena=")
    assert signal(meera, met["meera"], chat="x") == [{"type": "peer-gone", "topic": ROOM}]
    assert "learner" not in deps.rooms.find("ses_1").here
    assert keys.connection("lena=") not in deps.tables.items


def test_a_stale_peer_is_not_met_by_the_newcomer(deps, page, lena, meera, met):
    deps.sockets.gone.add("lena=")
    again = page("meera2=", "usr_m")
    [joined] = join(again, pass_for(deps, "mentor", "usr_m"), "sid-m")
    assert (joined["data"]["offer"], joined["data"]["peer"]) == (False, None)
    assert "learner" not in deps.rooms.find("ses_1").here


def test_a_peer_who_came_back_meanwhile_is_not_cleared_away(deps, page, lena, meera, met):
    back = page("lena2=", "usr_l")
    join(back, pass_for(deps, "learner", "usr_l"), "sid-l")
    deps.sockets.gone.add("lena=")
    signal(meera, met["meera"], chat="to the old connection")
    assert deps.rooms.find("ses_1").here["learner"].connection == "lena2="


def test_a_post_that_fails_for_a_moment_is_told_and_clears_nobody_away(deps, lena, meera, met):
    deps.sockets.failing.add("lena=")
    assert refusal(signal(meera, met["meera"], chat="x")) == "unavailable"
    assert "learner" in deps.rooms.find("ses_1").here


def test_who_leaves_is_missed(deps, lena, meera, met):
    assert meera.send({"type": "leave", "topic": ROOM}) == []
    assert lena.heard == [{"type": "peer-left", "topic": ROOM, "data": {"role": "mentor", "sid": "sid-m"}}]
    assert set(deps.rooms.find("ses_1").here) == {"learner"}


def test_nobody_can_leave_for_another(deps, page, lena, meera, met):
    page("mallory=", "usr_x").send({"type": "leave", "topic": ROOM})
    assert set(deps.rooms.find("ses_1").here) == {"learner", "mentor"}


def test_a_socket_that_closes_leaves_its_room(deps, lena, meera, met):
    deps.tables.commit([deps.rooms.opening(entry("usr_m", "mentor"))])
    meera.close()
    assert lena.heard == [{"type": "peer-left", "topic": ROOM, "data": {"role": "mentor", "sid": "sid-m"}}]


def entry(user_id, side):
    return Entry("ses_1", user_id, side, UNTIL)
