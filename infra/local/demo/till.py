"""Paying for a booking as a learner does, with a payer at the stand-in for Razorpay instead of a browser."""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

from chalicelib.domain.bookings import Meeting
from chalicelib.services import payments
from chalicelib.wiring import Deps

# What an action of the stand-in's control (infra/local/razorpay/control.py) says is done.
Act = Callable[..., Any]


def stand_in(url: str) -> Act:
    """The control of the stand-in that answers there."""

    def act(action: str, **given: Any) -> Any:
        sent = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{url}/control/{action}", json.dumps(given).encode(), sent, method="POST")
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer)["done"]

    return act


def pay(deps: Deps, act: Act, held: Meeting) -> Meeting:
    """The order, a payer who pays it, and the return that is checked."""
    booking = held.must_be_booked()
    begun = payments.begin(deps, learner_id=booking.learner_id, booking_id=booking.id)
    paid = act("pay", order_id=begun.order_id)
    return payments.returned_from_checkout(
        deps,
        learner_id=booking.learner_id,
        booking_id=booking.id,
        payment_id=paid["razorpay_payment_id"],
        signature=paid["razorpay_signature"],
    )
