"""The WebSocket's three Lambdas: they import what they need and nothing of the API, so as to start soon."""

import hmac
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from chalice.app import Blueprint, WebsocketAPI, WebsocketEvent

from chalicelib import socket_wiring
from chalicelib.domain.errors import DomainError, Forbidden, Malformed, TooFast
from chalicelib.services import presence, realtime
from functions import room_frames
from functions.frames import Frame, Pass, data_of, error, read, topic_of
from functions.logs import fault, logger
from functions.statuses import ORIGIN_HEADER, STATUS

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

routes = Blueprint(__name__)
routes.websocket_api = WebsocketAPI()  # before the decorators: without it they make handlers that cannot be called


class Typing(msgspec.Struct):
    """Once in three seconds at most, while somebody writes."""

    token: Pass


class Present(msgspec.Struct):
    """Each four minutes, from a mentor's page that is looked at."""

    token: Pass


@routes.on_ws_connect()
def connect(event: WebsocketEvent) -> dict[str, int]:
    """Our own pages only, through our own door, with a ticket; nothing can be posted before this has answered."""
    deps, raw = socket_wiring.deps(), event.to_dict()
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
    deps, frame = socket_wiring.deps(), Frame(type="")
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
    realtime.forget(socket_wiring.deps(), event.connection_id)
    logger.info("socket closed", extra={"connection": event.connection_id})


def _must_be_ours(deps: "Deps", headers: Mapping[str, str]) -> None:
    headers = {name.lower(): value for name, value in headers.items()}
    if not hmac.compare_digest(headers.get(ORIGIN_HEADER, "").encode(), deps.secrets().origin.encode()):
        raise Forbidden("wrong_door", "Please use the site's own address.")
    if headers.get("origin", "") not in deps.config.site_origin.split(","):
        raise Forbidden("foreign_origin", "Sockets are for our own pages.")


def _handler(frame: Frame) -> Callable[["Deps", str, Frame], dict[str, Any] | None]:
    if frame.type not in _HANDLERS:
        raise Malformed("unknown_type", "There is no such message.")
    return _HANDLERS[frame.type]


def _hello(deps: "Deps", connection_id: str, frame: Frame) -> dict[str, Any]:
    data = realtime.greet(deps, connection_id)
    return {"type": "welcome", "topic": f"user:{data['user_id']}", "data": data}


def _ping(deps: "Deps", connection_id: str, frame: Frame) -> dict[str, Any]:
    return {"type": "pong", "data": {"server_time": deps.clock()}}


def _typing(deps: "Deps", connection_id: str, frame: Frame) -> None:
    said = data_of(frame, Typing, "To be seen typing, a thread's token is needed.")
    realtime.typing(deps, topic_of(frame, "thread", "This message needs a thread as its topic."), said.token)


def _present(deps: "Deps", connection_id: str, frame: Frame) -> None:
    said = data_of(frame, Present, "To be counted as there, a token is needed.")
    presence.still_there(deps, said.token)


_HANDLERS: Mapping[str, Callable[["Deps", str, Frame], dict[str, Any] | None]] = {
    **room_frames.HANDLERS,
    "hello": _hello,
    "ping": _ping,
    "typing": _typing,
    "present": _present,
}
