"""Peer tokens and TURN credentials: sealed, small, and as the other side reckons them."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.rooms import Address
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.turn import Turn
from tests.fakes.world import NOON, SECRETS

UNTIL = NOON + timedelta(hours=1)
WAY = Address("L0SM9cOFvHcCIhw=", "L0SNQdOFvHcCJkw=", "usr_01KJX", "mentor", "ses_01KJX", "sid-1", UNTIL)


@pytest.fixture
def tokens():
    """The signer of the test's secrets."""
    return PeerTokens(lambda: SECRETS)


def test_what_is_signed_is_read(tokens):
    assert tokens.read(tokens.sign(WAY)) == WAY


def test_a_token_is_small_beside_what_it_goes_with(tokens):
    assert len(tokens.sign(WAY)) < 300


def test_a_changed_bit_anywhere_makes_it_worthless(tokens):
    token = tokens.sign(WAY)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        read = tokens.read(changed)
        assert read is None or (read == WAY and place in (token.index(".") - 1, len(token) - 1)), "spare bits of base64"


@pytest.mark.parametrize(
    ("connection", "session", "later", "good"),
    [
        ("L0SM9cOFvHcCIhw=", "ses_01KJX", timedelta(0), True),
        ("L0SNQdOFvHcCJkw=", "ses_01KJX", timedelta(0), False),
        ("L0SM9cOFvHcCIhw=", "ses_other", timedelta(0), False),
        ("L0SM9cOFvHcCIhw=", "ses_01KJX", timedelta(hours=1), False),
    ],
)
def test_where_and_when_a_way_is_open(connection, session, later, good):
    assert WAY.good_for(connection, session, NOON + later) is good


def test_turn_credentials_are_what_coturn_reckons():
    [server] = Turn(("turn:turn.example:3478",), lambda: SECRETS).servers("usr_1", datetime(2026, 3, 2, tzinfo=UTC))
    assert server.username == "1772409600:usr_1"
    expected = hmac.new(b"turn-secret", server.username.encode(), hashlib.sha1).digest()
    assert server.credential == base64.b64encode(expected).decode()
    assert server.urls == ("turn:turn.example:3478",)


def test_without_a_turn_server_there_are_no_credentials():
    assert Turn((), lambda: SECRETS).servers("usr_1", UNTIL) == []
