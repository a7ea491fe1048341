"""Showing who one is: passwords that are good enough, and proving oneself again before what matters."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import accounts as rules
from chalicelib.domain import throttles
from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Invalid
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Person
from chalicelib.services.accounts.people import person

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def password_fault(deps: "Deps", password: str, name: str, email: str) -> str | None:
    """What is wrong with a new password: too short, too close to its owner, or too common."""
    own = rules.own_words(name, email)
    return rules.password_fault(password, own) or deps.passwords.weakness(password, own)


def proven_again(deps: "Deps", user: Identity, password: str, field: str = "password") -> Person:
    """The signed-in person, who has just given their password once more."""
    deps.throttles.count(throttles.proofs(user.user_id), deps.clock())
    found = person(deps, user.user_id)
    found.account.must_be_signed_in(user.epoch)
    if not deps.passwords.matches(found.account.password_hash, password):
        raise Invalid({field: "This is not your password."}, "wrong_password")
    return found


def with_code(deps: "Deps", account: Account, code: str) -> Account | None:
    """The account after a code from the app, or a recovery code, was used up; None if it was none of its codes."""
    factor = account.second_factor
    if factor is None:
        return None
    plain = "".join(code.split())
    if plain.isascii() and plain.isdigit():
        step = deps.second_factors.step_of(factor.sealed, plain, deps.clock())
        fresh = step is not None and step > factor.last_step
        return replace(account, second_factor=replace(factor, last_step=step)) if step and fresh else None
    used = deps.second_factors.recovery_hashes([code])[0]
    left = tuple(kept for kept in factor.recovery if kept != used)
    return replace(account, second_factor=replace(factor, recovery=left)) if len(left) < len(factor.recovery) else None
