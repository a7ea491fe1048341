"""Payouts: asked for, taken out of what is available, sent to the gateway once, and followed until they are there."""

from chalicelib.services.payouts.asking import ask, weekly
from chalicelib.services.payouts.beginning import begin, heard_of
from chalicelib.services.payouts.deciding import hold, release, retry, write_off
from chalicelib.services.payouts.sending import advance

__all__ = ["advance", "ask", "begin", "heard_of", "hold", "release", "retry", "weekly", "write_off"]
