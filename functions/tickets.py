"""The ticket that opens a socket."""

import msgspec

from chalicelib.services import realtime
from functions.access import SIGNED_IN
from functions.http import Call, Routes

routes = Routes(__name__)


class Ticket(msgspec.Struct):
    """Goes into the socket's address; good once, for 30 seconds."""

    ticket: str


@routes.add("POST", "/realtime/ticket", SIGNED_IN, answer=Ticket)
def make_ticket(call: Call) -> Ticket:
    """A ticket for one socket."""
    return Ticket(realtime.ticket(call.deps, call.user))
