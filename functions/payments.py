"""Paying for a booking: its checkout, the way back from it, and the receipt."""

import base64
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain.bookings import LONGEST_NOTE
from chalicelib.services import bookings, payments
from functions.access import PARTY
from functions.booking_views import BookingView, booking_view
from functions.http import Answer, Call, Routes

routes = Routes(__name__)
NAME, CURRENCY = "PeerLearn", "INR"
GatewayId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_]{1,64}$")]


class CheckoutNote(msgspec.Struct, forbid_unknown_fields=True):
    """What the mentor should know before."""

    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""


class Prefill(msgspec.Struct):
    """What the gateway's form need not ask for."""

    name: str
    email: str


class CheckoutView(msgspec.Struct):
    """What the gateway's own script is opened with; `confirmed` where nothing was left to pay."""

    confirmed: bool
    order_id: str
    key_id: str
    amount_paise: int
    currency: str
    name: str
    description: str
    prefill: Prefill
    closes_at: datetime
    script: str


class Paid(msgspec.Struct, forbid_unknown_fields=True):
    """What the gateway's script hands back."""

    razorpay_payment_id: GatewayId
    razorpay_order_id: GatewayId
    razorpay_signature: Annotated[str, msgspec.Meta(max_length=200)]


class Paper(msgspec.Struct):
    """A file to keep."""

    file: str
    type: str
    base64: str


@routes.add("POST", "/bookings/{booking_id}/checkout", PARTY, body=CheckoutNote, answer=CheckoutView)
def begin_checkout(call: Call, booking_id: str) -> CheckoutView:
    """The learner begins to pay for a held booking, or goes on: there is one order for each."""
    deps, me = call.deps, call.user.user_id
    begun = payments.begin(deps, learner_id=me, booking_id=booking_id, note=call.body.note.strip())
    account = deps.accounts.get(me)
    return CheckoutView(
        confirmed=not begun.order_id,
        order_id=begun.order_id,
        key_id=deps.razorpay.key_id,
        amount_paise=begun.amount_paise,
        currency=CURRENCY,
        name=NAME,
        description=begun.description,
        prefill=Prefill(account.name, account.email),
        closes_at=begun.closes_at,
        script=deps.config.razorpay_script,
    )


@routes.add("POST", "/bookings/{booking_id}/payment", PARTY, body=Paid, answer=BookingView)
def return_from_checkout(call: Call, booking_id: str) -> Answer:
    """The browser has paid: confirmed at once if the gateway says so too; 202 while it has not said it yet."""
    paid: Paid = call.body
    meeting = payments.returned_from_checkout(
        call.deps,
        learner_id=call.user.user_id,
        booking_id=booking_id,
        payment_id=paid.razorpay_payment_id,
        signature=paid.razorpay_signature,
    )
    view = booking_view(bookings.shown(call.deps, call.user.user_id, meeting), call.deps.clock())
    return Answer(view, 200 if meeting.must_be_booked().status == "confirmed" else 202)


@routes.add("GET", "/bookings/{booking_id}/receipt", PARTY, answer=Paper)
def show_receipt(call: Call, booking_id: str) -> Paper:
    """What the learner has paid, and what went back, as a PDF."""
    from chalicelib.services import receipts

    file, pdf = receipts.of(call.deps, call.user.user_id, booking_id)
    return Paper(file, "application/pdf", base64.b64encode(pdf).decode())
