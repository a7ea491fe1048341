"""The links that switch mail off: ours, for one person and one kind, and short enough for a path."""

import re

import pytest

from chalicelib.domain.preferences import GROUPS
from chalicelib.gateways.letters import MAILS_ABOUT
from chalicelib.gateways.unsubscribe_tokens import KINDS, UnsubscribeTokens
from functions.http import _PATH_VALUE
from tests.fakes.world import SECRETS

TOKENS = UnsubscribeTokens(lambda: SECRETS)
LENA = "usr_01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize("what", KINDS)
def test_a_link_says_whose_mails_of_which_kind(what):
    token = TOKENS.token(LENA, what)
    assert TOKENS.read(token) == (LENA, what)
    assert _PATH_VALUE.fullmatch(token) and len(token) <= 80


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token.replace("reminders", "money"),
        lambda token: token.replace(LENA, "usr_01ARZ3NDEKTSV4RRFFQ69G5FAW"),
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.replace("reminders", "everything"),
        lambda token: token[1:],
        lambda token: "",
        lambda token: "-",
    ],
)
def test_no_other_can_be_made_of_it(change):
    assert TOKENS.read(change(TOKENS.token(LENA, "reminders"))) is None


def test_every_kind_that_can_be_switched_off_has_its_words():
    assert {*GROUPS, "digest"} - {"account"} == set(MAILS_ABOUT)
    assert all(re.fullmatch(r"[a-z ]+", words) for words in MAILS_ABOUT.values())
