"""Those who try to listen in on a room, or to speak for others."""

import base64
import json
from datetime import timedelta

import pytest

from chalicelib.domain.rooms import Address
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.secrets import Secrets
from chalicelib.stores import keys
from tests.fakes.world import SECRETS
from tests.functions.conversation import ROOM, UNTIL, join, pass_for, refusal, signal


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
