"""Two people in a room: joining, relaying, leaving, and coming back."""

import threading

from chalicelib.stores import keys
from tests.functions.conversation import ROOM, UNTIL, entry, join, pass_for, refusal, signal


def test_the_first_one_waits_and_the_newcomer_offers(deps, lena, meera):
    [alone] = join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    time = "2026-03-02T12:00:00Z"
    door = {"admitted": True, "knocking": False, "removed": False, "late": {"mentor": None, "learner": None}}
    told = door | {"status": "booked", "recording": None, "server_time": time}
    assert alone["data"] == told | {"role": "learner", "polite": True, "offer": False, "peer": None}
    [second] = join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m")
    peer = second["data"].pop("peer")
    assert second["data"] == told | {"role": "mentor", "polite": False, "offer": True}
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


def test_a_farewell_that_was_overtaken_by_the_next_entry_takes_nobody_out(deps, lena, meera, met):
    join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m2")
    heard = len(lena.heard)
    for sid in ("sid-m", "sid-m2"):
        assert set(deps.rooms.find("ses_1").here) == {"mentor", "learner"}
        assert [each["type"] for each in lena.heard[heard:]] == []
        assert meera.send({"type": "leave", "topic": ROOM, "data": {"sid": sid}}) == []
    assert set(deps.rooms.find("ses_1").here) == {"learner"}


def test_a_socket_that_closes_leaves_its_room(deps, lena, meera, met):
    deps.tables.commit([deps.rooms.opening(entry("usr_m", "mentor"))])
    meera.close()
    assert lena.heard == [{"type": "peer-left", "topic": ROOM, "data": {"role": "mentor", "sid": "sid-m"}}]
