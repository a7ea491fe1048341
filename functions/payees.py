"""Where one is paid out, over HTTP: details go to the gateway, and come back masked only."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain import payees as rules
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payees import Details, Payee, Way
from chalicelib.services import payees
from functions.access import MENTOR
from functions.http import Call, Routes

routes = Routes(__name__)
Secret = Annotated[str, msgspec.Meta(max_length=256)]
Entry = Annotated[str, msgspec.Meta(max_length=330)]


class PayeeView(msgspec.Struct):
    """As its owner sees it; `pan`: the tax number has been given."""

    kind: str
    masked: str
    holder: str
    blocked_until: datetime | None
    pan: bool
    pan_masked: str | None
    registered_at: datetime


class NewDetails(msgspec.Struct, forbid_unknown_fields=True):
    """A bank account, its number twice; or the address of a UPI id."""

    password: Secret
    kind: Way
    holder: Entry
    account_number: Entry = ""
    account_number_again: Entry = ""
    ifsc: Entry = ""
    address: Entry = ""

    def details(self) -> Details:
        """As they are written, if they can be right."""
        if self.kind == "upi":
            return rules.upi_details(self.holder, self.address)
        return rules.bank_details(self.holder, self.account_number, self.account_number_again, self.ifsc)


class Pan(msgspec.Struct, forbid_unknown_fields=True):
    """The tax number."""

    password: Secret
    pan: Entry


@routes.add("GET", "/payee", MENTOR, answer=PayeeView)
def show_payee(call: Call) -> PayeeView:
    """Where one is paid."""
    payee = call.deps.payees.find(call.user.user_id)
    if payee is None:
        raise NotFound("payee")
    return payee_view(payee, call.deps.clock())


@routes.add("PUT", "/payee", MENTOR, body=NewDetails, answer=PayeeView)
def change_payee(call: Call) -> PayeeView:
    """Say where to be paid, for the password; a change stops payouts for two days."""
    given: NewDetails = call.body
    payee = payees.change_details(call.deps, call.user, password=given.password, details=given.details())
    return payee_view(payee, call.deps.clock())


@routes.add("PUT", "/payee/pan", MENTOR, body=Pan, answer=PayeeView)
def give_pan(call: Call) -> PayeeView:
    """Give the tax number, for the password."""
    payee = payees.give_pan(call.deps, call.user, password=call.body.password, pan=call.body.pan)
    return payee_view(payee, call.deps.clock())


def payee_view(payee: Payee, now: datetime) -> PayeeView:
    """What is over is not shown."""
    return PayeeView(
        kind=payee.way,
        masked=payee.masked,
        holder=payee.holder,
        blocked_until=payee.blocked_until if rules.is_blocked(payee, now) else None,
        pan=bool(payee.pan_sealed),
        pan_masked=payee.pan_masked or None,
        registered_at=payee.registered_at,
    )
