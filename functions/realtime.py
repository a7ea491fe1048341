"""The WebSocket's three Lambdas, and the ticket that opens one."""

import hmac
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from chalice.app import WebsocketAPI, WebsocketEvent

from chalicelib import wiring
from chalicelib.domain.errors import DomainError, Forbidden, Malformed, TooFast
from chalicelib.services import presence, realtime
from functions import room_frames
from functions.access import SIGNED_IN
from functions.frames import Frame, Pass, data_of, error, read, topic_of
from functions.http import ORIGIN_HEADER, STATUS, Call, Routes
from functions.logs import fault, logger

routes = Routes(__name__)
routes.websocket_api = WebsocketAPI()  # before the decorators: without it they make handlers that cannot be called


class Ticket(msgspec.Struct):
    """Goes into the socket's address; good once, for 30 seconds."""

    ticket: str


class Typing(msgspec.Struct):
    """Once in three seconds at most, while somebody writes."""

    token: Pass


class Present(msgspec.Struct):
    """Each four minutes, from a mentor's page that is looked at."""

    token: Pass


@routes.add("POST", "/realtime/ticket", SIGNED_IN, answer=Ticket)
def make_ticket(call: Call) -> Ticket:
    """A ticket for one socket."""
    return Ticket(realtime.ticket(call.deps, call.user))


@routes.on_ws_connect()
def connect(event: WebsocketEvent) -> dict[str, int]:
    """Our own pages only, through our own door, with a ticket; nothing can be posted before this has answered."""
    deps, raw = wiring.deps(), event.to_dict()
    try:
        _must_be_ours(deps, raw.get("headers") or {})
        shown = (raw.get("queryStringParameters") or {}).get("ticket")
        user_id = realtime.connect(deps, event.connection_id, shown)
    except DomainError as refusal:
        logger.info("socket refused", extra={"connection": event.connection_id, "code": refusal.code})
        return {"statusCode": STATUS[type(refusal)]}
    logger.info("socket opened", extra={"connection": event.connection_id, "user": user_id})
    return {"statusCode": 200}


@routes.on_ws_message()
def message(event: WebsocketEvent) -> None:
    """One frame; whatever is wrong with it, the answer is a message that says so."""
    deps, frame = wiring.deps(), Frame(type="")
    try:
        too_fast = deps.paces.count(event.connection_id, deps.clock())
        frame = read(event.body)
        if too_fast:
            raise TooFast
        answer = _handler(frame)(deps, event.connection_id, frame)
    except DomainError as refusal:
        logger.info("message refused", extra={"connection": event.connection_id, "code": refusal.code})
        answer = error(refusal.code, refusal.message)
    except Exception as surprise:
        logger.error("surprise", extra={"connection": event.connection_id} | fault(surprise))
        answer = error("surprise", "Something went wrong on our side. Please try again.")
    if answer:
        realtime.tell(deps, event.connection_id, answer | ({"id": frame.id} if frame.id else {}))


@routes.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> None:
    """Best effort: AWS may never say, and then the next post to it, or its TTL, does."""
    realtime.forget(wiring.deps(), event.connection_id)
    logger.info("socket closed", extra={"connection": event.connection_id})


def _must_be_ours(deps: wiring.Deps, headers: Mapping[str, str]) -> None:
    headers = {name.lower(): value for name, value in headers.items()}
    if not hmac.compare_digest(headers.get(ORIGIN_HEADER, "").encode(), deps.secrets().origin.encode()):
        raise Forbidden("wrong_door", "Please use the site's own address.")
    if headers.get("origin", "") not in deps.config.site_origin.split(","):
        raise Forbidden("foreign_origin", "Sockets are for our own pages.")


def _handler(frame: Frame) -> Callable[[wiring.Deps, str, Frame], dict[str, Any] | None]:
    if frame.type not in _HANDLERS:
        raise Malformed("unknown_type", "There is no such message.")
    return _HANDLERS[frame.type]


def _hello(deps: wiring.Deps, connection_id: str, frame: Frame) -> dict[str, Any]:
    data = realtime.greet(deps, connection_id)
    return {"type": "welcome", "topic": f"user:{data['user_id']}", "data": data}


def _ping(deps: wiring.Deps, connection_id: str, frame: Frame) -> dict[str, Any]:
    return {"type": "pong", "data": {"server_time": deps.clock()}}


def _typing(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    said = data_of(frame, Typing, "To be seen typing, a thread's token is needed.")
    realtime.typing(deps, topic_of(frame, "thread", "This message needs a thread as its topic."), said.token)


def _present(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    said = data_of(frame, Present, "To be counted as there, a token is needed.")
    presence.still_there(deps, said.token)


_HANDLERS: Mapping[str, Callable[[wiring.Deps, str, Frame], dict[str, Any] | None]] = {
    **room_frames.HANDLERS,
    "hello": _hello,
    "ping": _ping,
    "typing": _typing,
    "present": _present,
}
