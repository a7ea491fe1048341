"""Requests: asking a mentor for a session, negotiating about it, the words beside it, and people who come and go."""

from chalicelib.services.requests.agreeing import accept
from chalicelib.services.requests.making import ask
from chalicelib.services.requests.moving import counter, decline, expire, other_zone, seen_by, withdraw
from chalicelib.services.requests.people import exported, forget, refresh_cards, withdraw_all
from chalicelib.services.requests.thread import say, thread

__all__ = [
    "accept",
    "ask",
    "counter",
    "decline",
    "expire",
    "exported",
    "forget",
    "other_zone",
    "refresh_cards",
    "say",
    "seen_by",
    "thread",
    "withdraw",
    "withdraw_all",
]
