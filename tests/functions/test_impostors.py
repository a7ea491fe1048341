"""Those who try to listen in on a room, or to speak for others."""

import base64
import json
from datetime import timedelta

import pytest

from chalicelib.domain.rooms import Address
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.secrets import Secrets
from chalicelib.stores import keys
from tests.fakes.world import NOON, SECRETS
from tests.functions.conversation import BOOKING, ROOM, UNTIL, chat, join, pass_for, refusal, seen, signal, ulid


def test_a_client_cannot_say_who_it_is_or_when(deps, lena, meera, met):
    signal(meera, met["meera"], chat="hi", **{"from": {"role": "learner", "sid": "x"}, "at": "1999-01-01T00:00:00Z"})
    assert lena.heard[-1]["data"]["from"] == {"role": "mentor", "sid": "sid-m"}
    assert lena.heard[-1]["data"]["at"] == "2026-03-02T12:00:00Z"


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


def test_nobody_can_leave_for_another(deps, page, lena, meera, met):
    page("mallory=", "usr_x").send({"type": "leave", "topic": ROOM})
    assert set(deps.rooms.find("ses_1").here) == {"learner", "mentor"}


@pytest.fixture
def mallory(page):
    """A third person with a valid account and a socket of their own."""
    return page("mallory=", "usr_x")


def state(deps):
    """All that is kept of the room, its chat and its attendance."""
    return {key: dict(item) for key, item in deps.tables.items.items() if key.pk in ("ROOM#ses_1", "SES#ses_1")}


def everything(page, shown):
    """All that can be said in a room, with a pass and without; what was answered."""
    id_ = ulid()
    return [
        *join(page, shown, "sid-x"),
        *page.send({"type": "here", "topic": ROOM, "data": {"pass": shown}}),
        *chat(page, shown, id_, "hello"),
        *seen(page, shown, id_),
        *page.send({"type": "leave", "topic": ROOM}),
    ]


@pytest.mark.parametrize("side", ["learner", "mentor"])
def test_a_stolen_pass_is_worthless_on_anybody_elses_socket(deps, lena, meera, met, mallory, side):
    before, stolen = state(deps), pass_for(deps, side, f"usr_{side[0]}")
    answers = everything(mallory, stolen)
    assert [answer["data"]["code"] for answer in answers] == ["pass_expired"] * 4
    assert state(deps) == before
    assert lena.heard == meera.heard == []


@pytest.mark.parametrize(
    "shown",
    ["", "x.y.z", "a" * 2000, "own, for another room", "expired", "own account, no side", "another purpose"],
)
def test_no_other_pass_is_worth_more(deps, lena, meera, met, mallory, shown):
    claims = {"ses": "ses_1", "side": "learner", "at": 0, "bkg": BOOKING, "nam": ""}
    passes = {
        "own, for another room": pass_for(deps, "learner", "usr_x", "ses_2"),
        "expired": pass_for(deps, "learner", "usr_x", life=timedelta(0)),
        "own account, no side": deps.tokens.sign("room-pass", "usr_x", timedelta(hours=1), {"ses": "ses_1"}),
        "another purpose": deps.tokens.sign("ticket", "usr_l", timedelta(hours=1), claims),
    }
    before = state(deps)
    codes = {answer["data"]["code"] for answer in everything(mallory, passes.get(shown, shown))}
    assert codes <= {"pass_expired", "wrong_room"}
    assert state(deps) == before
    assert lena.heard == meera.heard == []


def test_a_socket_that_was_never_opened_shows_a_pass_in_vain(deps, page):
    ghost = page("ghost=", "usr_l", opened=False)
    assert refusal(join(ghost, pass_for(deps, "learner", "usr_l"), "s")) == "pass_expired"
    assert state(deps) == {}


def test_a_token_that_was_overheard_reaches_nobody_and_disturbs_nobody(deps, lena, meera, met, mallory):
    before = state(deps)
    for token in met.values():
        assert [answer["type"] for answer in signal(mallory, token, say={"kind": "hello"})] == ["peer-gone"]
    assert state(deps) == before
    assert lena.heard == meera.heard == []


def test_before_admission_a_learner_has_no_way_to_the_mentor(deps, lena, meera):
    start = NOON + timedelta(minutes=5)
    his, hers = (pass_for(deps, side, f"usr_{side[0]}", starts_at=start) for side in ("learner", "mentor"))
    join(meera, hers, "sid-m")
    join(lena, his, "sid-l")
    way = Address("lena=", "meera=", "usr_l", "learner", "ses_1", "sid-l", UNTIL)
    guessed = PeerTokens(lambda: Secrets(**{**vars(SECRETS), "peer_tokens": "guessed"})).sign(way)
    heard, before = len(meera.heard), state(deps)
    for token in ("", guessed, deps.peer_tokens.sign(Address(**{**vars(way), "sender": "meera="}))):
        assert signal(lena, token, say={"kind": "hello"})[-1]["type"] in ("error", "peer-gone")
    assert refusal(chat(lena, his, ulid(), "hello")) == "not_admitted"
    assert refusal(seen(lena, his, ulid())) == "not_admitted"
    assert len(meera.heard) == heard
    assert state(deps) == before
