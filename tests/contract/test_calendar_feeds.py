"""Calendar feeds in the tables, in memory and real."""

import uuid
from datetime import UTC, datetime

import pytest

from chalicelib.domain.calendar_feeds import CalendarFeed
from chalicelib.stores.calendar_feeds import CalendarFeeds


@pytest.fixture
def feeds(tables):
    """The store."""
    return CalendarFeeds(tables)


@pytest.fixture
def feed():
    """A feed of somebody whom no other test knows."""
    return CalendarFeed(f"usr_{uuid.uuid4().hex}", "seed-1", datetime(2026, 3, 2, 12, tzinfo=UTC))


def test_there_is_none_until_one_is_kept(tables, feeds, feed):
    assert feeds.find(feed.user_id) is None
    assert feeds.with_account(feed.user_id) == (None, None)
    tables.commit([feeds.keeping(feed)])
    assert feeds.find(feed.user_id) == feed
    assert feeds.with_account(feed.user_id) == (feed, None)
    assert feeds.find(f"{feed.user_id}x") is None


def test_the_latest_one_is_the_only_one(tables, feeds, feed):
    later = CalendarFeed(feed.user_id, "seed-2", feed.made_at)
    tables.commit([feeds.keeping(feed)])
    tables.commit([feeds.keeping(later)])
    assert feeds.find(feed.user_id) == later


def test_what_is_forgotten_is_gone_and_can_be_forgotten_again(tables, feeds, feed):
    tables.commit([feeds.keeping(feed)])
    for _ in range(2):
        tables.commit([feeds.forgetting(feed.user_id)])
        assert feeds.find(feed.user_id) is None
