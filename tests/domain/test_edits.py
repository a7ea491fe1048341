"""What a mentor may still change of a session, and when it is too late."""

import pytest

from chalicelib.domain.edits import edit
from chalicelib.domain.errors import Conflict, Invalid
from tests.domain.meetings import EARLY, T, booked, held, hours, minutes, session

RULES = {"domains": ["programming", "music"], "payments": True}


def changed(old, now=EARLY, **changes):
    return edit(old, changes, now=now, **RULES)


def test_everything_may_be_changed_while_it_is_open():
    new = changed(session(), title="Generators in an hour", price_paise=500_00, starts_at=T + hours(1), domain="music")
    assert (new.title, new.price_paise, new.starts_at, new.domain) == (
        "Generators in an hour",
        500_00,
        T + hours(1),
        "music",
    )


@pytest.mark.parametrize("old", [booked().session, held(T - hours(2)).session])
@pytest.mark.parametrize(
    ("field", "value"), [("price_paise", 500_00), ("starts_at", T + hours(1)), ("duration_minutes", 90)]
)
def test_price_time_and_length_stand_once_somebody_has_it(old, field, value):
    with pytest.raises(Conflict) as refusal:
        changed(old, **{field: value})
    assert (refusal.value.code, list(refusal.value.fields)) == ("frozen", [field])
    assert changed(old, title="Generators in an hour").title == "Generators in an hour"


def test_words_may_be_changed_until_five_minutes_before():
    old = booked().session
    assert changed(old, T - minutes(6), description="Bring a laptop.").description == "Bring a laptop."
    with pytest.raises(Conflict, match="too_late"):
        changed(old, T - minutes(5), description="Bring a laptop.")


@pytest.mark.parametrize("status", ["live", "completed", "cancelled", "expired"])
def test_what_is_under_way_or_over_is_not_changed(status):
    with pytest.raises(Conflict, match="not_editable"):
        changed(session(status=status), title="Generators in an hour")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Short"),
        ("starts_at", T - hours(31)),
        ("starts_at", T + minutes(7)),
        ("duration_minutes", 31),
        ("price_paise", 1),
        ("domain", "alchemy"),
        ("topics", ()),
    ],
)
def test_each_fault_is_named(field, value):
    with pytest.raises(Invalid) as refusal:
        changed(session(), **{field: value})
    assert list(refusal.value.fields) == [field]
