"""Passwords at their real strength."""

import pytest

from chalicelib.gateways.passwords import NOBODYS, Passwords

PASSWORDS = Passwords()


def test_hashes_are_argon2id_by_rfc_9106_and_salted():
    first, second = PASSWORDS.hash("river tall lamp"), PASSWORDS.hash("river tall lamp")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and first != second
    assert PASSWORDS.matches(first, "river tall lamp") and not PASSWORDS.matches(first, "river tall lamb")


def test_nobodys_hash_takes_the_same_work_and_matches_nothing():
    assert not PASSWORDS.is_outdated(NOBODYS)
    assert not PASSWORDS.matches(None, "nobody")


def test_a_hash_of_other_parameters_is_outdated():
    assert PASSWORDS.is_outdated(Passwords(kibibytes=1024).hash("river tall lamp"))


def test_a_damaged_hash_matches_nothing():
    assert not PASSWORDS.matches("-", "-")


@pytest.mark.parametrize(
    "password", ["password123", "iloveyou12", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "letmein2024"]
)
def test_common_passwords_are_weak_and_it_is_said_why(password):
    assert PASSWORDS.weakness(password, []).endswith(".")


@pytest.mark.parametrize("password", ["river tall lamp 42", "zx9!kk2Lpq", "x" * 20 + "harbour-quiet" * 8])
def test_others_are_not(password):
    assert PASSWORDS.weakness(password, ["lena"]) is None
