"""Calendar tokens: made from what is kept, good for one feed as it is now, and for nothing else."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.calendar_feeds import CalendarFeed
from chalicelib.gateways.feed_tokens import FeedTokens
from tests.fakes.world import SECRETS

FEED = CalendarFeed("usr_01KAV0000000000000000000AB", "seed", datetime(2026, 3, 2, tzinfo=UTC))
TOKENS = FeedTokens(lambda: SECRETS)
TOKEN = TOKENS.token(FEED)


def test_a_token_fits_into_a_path_and_opens_its_own_feed():
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}", TOKEN)
    assert TOKENS.holder(TOKEN) == FEED.user_id
    assert TOKENS.opens(TOKEN, FEED)
    assert TOKENS.token(FEED) == TOKEN


@pytest.mark.parametrize("other", [{"seed": "another"}, {"user_id": "usr_01KAV0000000000000000000AC"}])
def test_it_opens_no_other_feed_and_not_its_own_after_a_new_link(other):
    assert not TOKENS.opens(TOKEN, replace(FEED, **other))


def test_without_the_secret_none_can_be_made():
    thief = FeedTokens(lambda: replace(SECRETS, refresh="guessed"))
    assert not TOKENS.opens(thief.token(FEED), FEED)


@pytest.mark.parametrize("token", ["", "x", "-" * 43, "-" * 44, TOKEN[-43:], TOKEN[-44:], TOKEN.replace("B-", "B_")])
def test_what_is_no_token_is_nobodys(token):
    assert TOKENS.holder(token) is None


@pytest.mark.parametrize("changed", [TOKEN[:-1], TOKEN + "A", TOKEN[:-1] + "é", TOKEN.lower()])
def test_one_letter_more_less_or_other_opens_nothing(changed):
    assert not TOKENS.opens(changed, FEED)
