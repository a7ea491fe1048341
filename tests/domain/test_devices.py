"""Refresh sessions."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.devices import Device

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIRST = Device("dev_1", "usr_1", 1, "one", NOON, NOON)
SECOND = FIRST.rotated("two", "Firefox", NOON + timedelta(hours=1))


def test_a_replaced_token_is_taken_for_thirty_seconds_more():
    replaced = SECOND.rotated_at
    assert SECOND.shown("one", replaced + timedelta(seconds=30)) == "just_replaced"
    assert SECOND.shown("one", replaced + timedelta(seconds=31)) == "reused"


@pytest.mark.parametrize("token", ["zero", "", "TWO"])
def test_any_other_token_of_a_known_device_is_a_reused_one(token):
    assert SECOND.shown(token, NOON + timedelta(hours=1)) == "reused"


def test_only_the_last_replaced_token_has_a_grace():
    third = SECOND.rotated("three", "Firefox", NOON + timedelta(hours=1, seconds=5))
    assert third.shown("one", NOON + timedelta(hours=1, seconds=6)) == "reused"
    assert third.shown("two", NOON + timedelta(hours=1, seconds=6)) == "just_replaced"


def test_thirty_days_slide_with_use():
    assert FIRST.ends_at == NOON + timedelta(days=30)
    assert SECOND.ends_at == NOON + timedelta(days=30, hours=1)
