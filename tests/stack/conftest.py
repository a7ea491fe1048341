"""People on the running stack: stored as after signing up, and browsers signed in as them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import wiring
from chalicelib.domain.accounts import Account, SecondFactor
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Mentor
from chalicelib.services import sessions
from functions.http import ACCESS_COOKIE
from infra.local.stack import Stack
from tests.client import Client
from tests.fakes import people


@dataclass(frozen=True)
class Someone:
    """A person with a browser of their own."""

    account: Account
    browser: Client
    mentor: Mentor | None = None


@pytest.fixture(scope="session")
def anyone(stack: Stack) -> Callable[[], Client]:
    """Browsers that nobody is signed in on."""
    return lambda: Client(stack.base_url)


@pytest.fixture(scope="session")
def sign_in(stack: Stack, real: wiring.Deps) -> Callable[..., Client]:
    """A browser that holds a good access token of someone."""

    def signed_in(account: Account) -> Client:
        user = Identity(account.id, account.roles, account.auth_epoch, "dev_test", account.totp_enabled)
        return Client(stack.base_url, {ACCESS_COOKIE: real.tokens.access(user)})

    return signed_in


@pytest.fixture(scope="session")
def new_learner(real: wiring.Deps, sign_in: Callable[..., Client]) -> Callable[..., Someone]:
    """A verified learner whom no other test knows."""

    def made(**changes: object) -> Someone:
        account = people.learner(real, _name(), **changes)
        return Someone(account, sign_in(account))

    return made


@pytest.fixture(scope="session")
def new_mentor(real: wiring.Deps, sign_in: Callable[..., Client]) -> Callable[..., Someone]:
    """An approved mentor whom no other test knows."""

    def made(**changes: object) -> Someone:
        person = people.mentor(real, _name(), **changes)
        return Someone(person.account, sign_in(person.account), person.mentor)

    return made


@pytest.fixture(scope="session")
def new_admin(real: wiring.Deps, sign_in: Callable[..., Client]) -> Callable[..., Someone]:
    """An admin, with a second factor unless told otherwise."""

    def made(second_factor: bool = True) -> Someone:
        factor = SecondFactor(sealed="-", confirmed=True) if second_factor else None
        account = people.learner(real, _name(), roles=("learner", "admin"), second_factor=factor)
        return Someone(account, sign_in(account))

    return made


@pytest.fixture(scope="session")
def new_session(real: wiring.Deps) -> Callable[..., str]:
    """An open session of a mentor, its id."""

    def made(mentor: Someone, starts_in: timedelta = timedelta(days=1), **changes: object) -> str:
        start = datetime.now(UTC) + starts_in
        on_grid = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
        offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", on_grid, 60)
        offer = replace(offer, **changes)  # type: ignore[arg-type]
        return sessions.publish(real, mentor_id=mentor.account.id, offer=offer, key=uuid.uuid4().hex).id

    return made


def _name() -> str:
    return f"Person{uuid.uuid4().hex[:10]}"
