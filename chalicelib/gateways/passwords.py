"""Passwords: argon2id by RFC 9106's second profile (64 MiB), and the packaged list of common ones."""

import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

WEAKEST = 2  # zxcvbn's scale of 0 to 4: below it, a throttled online guesser gets through
LOOKED_AT = 72
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$7HAiHsxDNmtqS+bJWPpRCg$wrPj+JKi7v+y2Y15JgoSE3FcIwgIZKppTInErJY8KvQ"


class Passwords:
    """Checking takes the same work whether or not there is an account; a test may ask for less of it."""

    def __init__(self, kibibytes: int = 65536, rounds: int = 3):
        self._kibibytes, self._rounds = kibibytes, rounds

    def hash(self, password: str) -> str:
        """What is stored."""
        return self._hasher.hash(_same(password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is this one; with no hash the work is done all the same, and the answer is no."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(password_hash or NOBODYS, _same(password)) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def weakness(self, password: str, own: Sequence[str]) -> str | None:
        """Why a guesser would find it soon, in words; None when they would not."""
        from zxcvbn import zxcvbn

        found = zxcvbn(password[:LOOKED_AT], user_inputs=list(own))
        if found["score"] >= WEAKEST:
            return None
        words = [found["feedback"]["warning"] or "This password is easily guessed", *found["feedback"]["suggestions"]]
        return " ".join(word.rstrip(".") + "." for word in words)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self._rounds, memory_cost=self._kibibytes, parallelism=4)


def _same(password: str) -> str:
    """One password, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)
