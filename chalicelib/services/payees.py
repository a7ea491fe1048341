"""Where mentors are paid: their details go to the gateway; we keep its id for them, and a masked sight of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.domain import payees as rules
from chalicelib.domain.errors import Conflict, Invalid, Unavailable
from chalicelib.domain.gateway import BankAccount, Refused, Unknown
from chalicelib.domain.identity import Identity
from chalicelib.domain.payees import BLOCKED, Details, Payee
from chalicelib.services import payout_letters
from chalicelib.services.accounts import proofs
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def change_details(deps: "Deps", user: Identity, *, password: str, details: Details) -> Payee:
    """For the password: the first details count at once; changed ones stop payouts for two days, and a mail says so.

    A payout that is on its way goes where it was going.
    """
    account = proofs.proven_again(deps, user, password).account
    fund_account_id = _registered(deps, user.user_id, account.email, details)

    def change() -> Payee:
        old = deps.payees.find(user.user_id)
        new = rules.registered(old, account, details, fund_account_id, deps.clock())
        _commit(deps, user, old, new, payout_letters.details_changed(deps, new))
        return new

    return again(change)


def give_pan(deps: "Deps", user: Identity, *, password: str, pan: str) -> Payee:
    """The tax number that is asked for before the first payout, for the password; kept sealed."""
    plain = rules.pan_number(pan)
    proofs.proven_again(deps, user, password)
    sealed = deps.sealing.sealed(plain)

    def give() -> Payee:
        old = deps.payees.find(user.user_id)
        if old is None:
            raise Conflict("no_payee", "Please tell us first where to pay you.")
        new = rules.with_pan(old, sealed, rules.masked_pan(plain))
        _commit(deps, user, old, new, [])
        return new

    return again(give)


def stop(deps: "Deps", mentor_id: str) -> list[Write]:
    """A new password or address: whoever has changed it is not paid for two days, if they are paid at all."""
    payee = deps.payees.find(mentor_id)
    return [deps.payees.blocking(payee, deps.clock() + BLOCKED)] if payee else []


def must_be_even(deps: "Deps", mentor_id: str) -> None:
    """Nothing is owed either way, and nothing on its way."""
    balance, payee = deps.ledger.balance(mentor_id), deps.payees.find(mentor_id)
    if balance.pending or balance.available or balance.in_flight or (payee and payee.in_flight):
        raise Conflict(
            "has_balance", "There is still money between us. Your account can be deleted once it is paid out."
        )


def leaving(deps: "Deps", mentor_id: str) -> list[Write]:
    """Nobody is paid there any more; the payouts that were made stay in the books."""
    payee = deps.payees.find(mentor_id)
    return [deps.payees.removing(payee)] if payee else []


def register(deps: "Deps", event: Mapping[str, Any]) -> dict[str, str]:
    """At the gateway, by the function that may reach it: what it calls them, its refusal, or that nothing is known."""
    bank = event["bank"]
    try:
        account = deps.razorpayx.register(
            name=event["name"],
            email=event["email"],
            reference_id=event["reference_id"],
            bank=BankAccount(**bank) if bank else None,
            upi=event["upi"],
        )
    except Refused as refused:
        return {"outcome": "refused", "code": refused.code, "words": refused.words}
    except Unknown:
        return {"outcome": "unknown"}
    return {"outcome": "done", "fund_account_id": account}


def _registered(deps: "Deps", mentor_id: str, email: str, details: Details) -> str:
    try:
        return deps.payee_registrar.register(email=email, reference_id=mentor_id, details=details)
    except Refused as refused:
        field = "account_number" if details.bank else "address"
        raise Invalid({field: f"This was not accepted: {refused.words}"}, "payee_refused") from None
    except Unknown:
        raise Unavailable() from None


def _commit(deps: "Deps", user: Identity, old: Payee | None, new: Payee, also: list[Write]) -> None:
    deps.tables.commit([deps.accounts.signed_in(user), deps.payees.saving(old, new), *also])
