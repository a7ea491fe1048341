"""Signing up: at once signed in, the address proven later; a known address is answered like a new one."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chalicelib.domain import accounts as rules
from chalicelib.domain import entries, throttles
from chalicelib.domain.accounts import Account
from chalicelib.domain.identity import Role
from chalicelib.domain.mentors import Mentor, Person
from chalicelib.services.accounts import devices, proofs
from chalicelib.services.accounts.devices import Admission
from chalicelib.services.accounts.letters import proof_letter

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class SignUp:
    """What the first step of both flows asks for."""

    name: str
    email: str
    password: str
    birth_date: date
    zone: str
    terms_version: str


def sign_up(deps: "Deps", form: SignUp, *, mentor: bool, ip: str, user_agent: str) -> tuple[Person, Admission]:
    """A new account, signed in; someone who already owns the address gets a mail that says so, and no other sign."""
    now = deps.clock()
    _check(deps, form)
    address = entries.address_key(form.email)
    deps.throttles.count([*throttles.sign_up(ip), *throttles.mails(address, ip)], now)
    owner = deps.accounts.owner_of(address)
    account = _account(deps, form, ("learner", "mentor") if mentor else ("learner",))
    person = Person(account, Mentor(account.id, now) if mentor else None)
    device, admission = devices.admit(deps, account, user_agent=user_agent, second_factor=False)
    writes = [
        deps.accounts.adding(account),
        deps.devices.adding(device),
        proof_letter(deps, account, owner),
    ]
    if person.mentor:
        writes.append(deps.mentors.adding(person.mentor, account))
    deps.tables.commit(writes)
    return person, admission


def _check(deps: "Deps", form: SignUp) -> None:
    faults = rules.sign_up_faults(
        name=entries.tidy(form.name),
        email=form.email.strip(),
        birth_date=form.birth_date,
        zone=form.zone,
        terms_version=form.terms_version,
        now=deps.clock(),
    )
    entries.refuse(**faults, password=proofs.password_fault(deps, form.password, form.name, form.email))


def _account(deps: "Deps", form: SignUp, roles: tuple[Role, ...]) -> Account:
    return Account(
        id=deps.new_id("usr"),
        name=entries.tidy(form.name),
        email=form.email.strip(),
        password_hash=deps.passwords.hash(form.password),
        birth_date=form.birth_date,
        zone=form.zone,
        terms_version=form.terms_version,
        created_at=deps.clock(),
        roles=roles,
    )
