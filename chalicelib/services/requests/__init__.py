"""Requests: asking a mentor for a session, negotiating about it, the words beside it, and people who change or leave."""

from chalicelib.services.requests.making import ask
from chalicelib.services.requests.moving import accept, counter, decline, expire, seen_by, withdraw
from chalicelib.services.requests.people import forget, leave, refresh_cards
from chalicelib.services.requests.thread import say, thread

__all__ = [
    "accept",
    "ask",
    "counter",
    "decline",
    "expire",
    "forget",
    "leave",
    "refresh_cards",
    "say",
    "seen_by",
    "thread",
    "withdraw",
]
