"""Razorpay: payments, and payouts from RazorpayX."""

from chalicelib.gateways.razorpay.payments import Razorpay
from chalicelib.gateways.razorpay.payouts import RazorpayX

__all__ = ["Razorpay", "RazorpayX"]
