"""A person's account."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import accounts
from chalicelib.domain.accounts import Account, SecondFactor
from chalicelib.domain.errors import Conflict, Forbidden, Gone, Invalid

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LENA = Account("usr_1", "Lena", "Lena@Example.com", "hash", date(1990, 1, 1), "Asia/Kolkata", "2026-01", NOON)


def verified() -> Account:
    return LENA.verified("lena@example.com")


def test_an_unproven_account_is_forgotten_after_thirty_days_and_a_proven_one_never():
    assert LENA.ends_at == NOON + timedelta(days=30)
    assert verified().ends_at is None


def test_a_link_proves_only_the_address_it_was_sent_to():
    with pytest.raises(Gone):
        LENA.verified("other@example.com")


def test_a_new_password_signs_out_everywhere_and_ends_a_waiting_change_of_address():
    changed = verified().changing_email("new@example.com", "n", NOON).with_password("other", NOON)
    assert (changed.auth_epoch, changed.email_change) == (LENA.auth_epoch + 1, None)


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_an_address_changes_when_both_sides_have_confirmed_in_whatever_order(order):
    waiting = verified().changing_email("new@example.com", "n", NOON).confirming_email(order[0], "n", NOON)
    assert waiting.email == LENA.email
    done = waiting.confirming_email(order[1], "n", NOON)
    assert (done.email, done.email_change, done.auth_epoch) == ("new@example.com", None, LENA.auth_epoch + 1)


def test_one_side_confirming_twice_is_still_one_side():
    waiting = verified().changing_email("new@example.com", "n", NOON)
    assert waiting.confirming_email("old", "n", NOON).confirming_email("old", "n", NOON).email == LENA.email


def test_a_change_of_address_asked_anew_makes_the_first_links_worthless():
    again = verified().changing_email("a@example.com", "first", NOON).changing_email("b@example.com", "second", NOON)
    with pytest.raises(Gone):
        again.confirming_email("new", "first", NOON)


def test_a_change_of_address_lapses_after_a_day():
    waiting = verified().changing_email("new@example.com", "n", NOON)
    assert waiting.pending_email(NOON + timedelta(hours=23)) == "new@example.com"
    assert waiting.pending_email(NOON + timedelta(hours=24)) is None
    with pytest.raises(Gone):
        waiting.confirming_email("new", "n", NOON + timedelta(hours=24))


def test_the_own_address_in_other_letters_is_no_change():
    with pytest.raises(Invalid):
        verified().changing_email("LENA@example.com", "n", NOON)


def test_a_second_factor_counts_only_once_confirmed():
    begun = Account(**vars(LENA) | {"second_factor": SecondFactor("sealed")})
    assert not begun.totp_enabled


def test_a_suspended_person_is_told_so():
    with pytest.raises(Forbidden) as refused:
        Account(**vars(LENA) | {"status": "suspended"}).must_be_active()
    assert refused.value.code == "suspended"


def test_taking_a_role_signs_out_everywhere():
    admin = LENA.with_role("admin")
    assert admin.roles == ("learner", "admin")
    assert admin.without_role("admin").auth_epoch == LENA.auth_epoch + 1
    with pytest.raises(Conflict):
        LENA.without_role("admin")


def test_a_profile_keeps_what_is_not_given_and_names_every_fault():
    assert LENA.edited(bio=" hello ").bio == "hello"
    assert LENA.edited(bio="hello").name == "Lena"
    with pytest.raises(Invalid) as refused:
        LENA.edited(name="", zone="Mars/Base", interests=["x"] * 1 + [str(n) for n in range(20)], bio="x" * 2001)
    assert set(refused.value.fields) == {"name", "zone", "interests", "bio"}


@pytest.mark.parametrize(
    "password", ["short", "x" * 129, "lena@example.com", "lenalena12", "Example.com1", "lena-lena!"]
)
def test_a_password_is_long_enough_and_not_made_of_the_person(password):
    assert accounts.password_fault(password, accounts.own_words("Lena", "lena@example.com"))


def test_an_own_word_within_a_long_password_does_no_harm():
    assert accounts.password_fault("river tall lamp lena", accounts.own_words("Lena", "lena@example.com")) is None


@given(st.text(max_size=9))
def test_nine_characters_are_never_enough(password):
    assert accounts.password_fault(password, [])


@given(st.text(min_size=1, max_size=60), st.emails())
def test_every_own_word_is_known_of_the_person(name, email):
    told = f"{name.casefold()} {email.casefold()}"
    assert all(
        word in told or word in told.replace("+", ".").replace("_", ".") for word in accounts.own_words(name, email)
    )
