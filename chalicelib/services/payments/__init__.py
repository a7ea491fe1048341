"""Paying for bookings: the order and its checkout, what comes of it, and money that goes back."""

from chalicelib.services.payments.advancing import advance
from chalicelib.services.payments.capturing import heard_of, returned_from_checkout
from chalicelib.services.payments.checkout import Checkout, begin
from chalicelib.services.payments.noticing import noted
from chalicelib.services.payments.refunding import heard_of_refund, retry_refund

__all__ = [
    "Checkout",
    "advance",
    "begin",
    "heard_of",
    "heard_of_refund",
    "noted",
    "retry_refund",
    "returned_from_checkout",
]
