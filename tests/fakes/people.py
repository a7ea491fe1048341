"""People for tests, put into a world's tables as they would be after signing up."""

from dataclasses import replace
from datetime import date

from chalicelib import wiring
from chalicelib.domain.accounts import Account
from chalicelib.domain.mentors import Mentor, Person


def learner(deps: wiring.Deps, name: str = "Lena", **changes) -> Account:
    """A verified learner with an address of her own."""
    return _stored(deps, person(deps, name, **changes))


def mentor(deps: wiring.Deps, name: str = "Meera", status: str = "approved", **changes) -> Person:
    """A mentor, approved and listed unless told otherwise."""
    account = _stored(deps, person(deps, name, roles=("mentor",), **changes))
    blank = Mentor(account.id, deps.clock())
    whole = Mentor(
        account.id,
        deps.clock(),
        status=status,
        domains=("programming",),
        skills=("Python",),
        languages=("English",),
        experience_years=9,
        phone="+919000000000",
        headline=f"{name} explains Python",
        bio="I have been taking Python apart for nine years and like to show how.",
        slug=name.lower(),
        submitted_at=deps.clock(),
    )
    deps.tables.commit([deps.mentors.adding(blank, account)])
    deps.tables.commit(deps.mentors.changing(Person(account, blank), Person(account, whole)))
    return Person(account, whole)


def person(deps: wiring.Deps, name: str, **changes) -> Account:
    """An account, not stored yet."""
    fields = {
        "id": deps.new_id("usr"),
        "name": name,
        "email": f"{name.lower()}@example.com",
        "password_hash": "-",
        "birth_date": date(1990, 1, 1),
        "zone": "Asia/Kolkata",
        "terms_version": "2026-11-22",
        "created_at": deps.clock(),
        "email_verified": True,
    }
    return Account(**(fields | changes))


def _stored(deps: wiring.Deps, account: Account) -> Account:
    """Added as at sign-up, then proven if it is to be."""
    new = replace(account, email_verified=False)
    deps.tables.commit([deps.accounts.adding(new)])
    if account.email_verified:
        deps.tables.commit(deps.accounts.changing(new, account))
    return deps.accounts.find(account.id) or account
