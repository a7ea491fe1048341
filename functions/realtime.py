"""The WebSocket's three Lambdas, and the ticket that opens one."""

import hmac
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from chalice.app import WebsocketAPI, WebsocketEvent

from chalicelib import wiring
from chalicelib.domain.errors import DomainError, Forbidden, Malformed, TooLarge
from chalicelib.services import attendance, realtime, signaling
from functions.access import SIGNED_IN
from functions.http import ORIGIN_HEADER, STATUS, Call, Routes
from functions.logs import fault, logger

MOST = 32 * 1024
routes = Routes(__name__)
routes.websocket_api = WebsocketAPI()  # before the decorators: without it they make handlers that cannot be called
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_:.-]+$")]
Pass = Annotated[str, msgspec.Meta(max_length=2000)]


class Ticket(msgspec.Struct):
    """Goes into the socket's address; good once, for 30 seconds."""

    ticket: str


class Frame(msgspec.Struct):
    """What a page sends: `id` comes back with an answer or an error about it."""

    type: str
    topic: Annotated[str, msgspec.Meta(max_length=100)] = ""
    id: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    data: dict[str, Any] = {}


class Join(msgspec.Struct):
    """`sid` is random for each page load."""

    shown: Pass = msgspec.field(name="pass")
    sid: Word


class Here(msgspec.Struct):
    """Once a minute, from everyone in a room."""

    shown: Pass = msgspec.field(name="pass")


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
    except DomainError as error:
        logger.info("socket refused", extra={"connection": event.connection_id, "code": error.code})
        return {"statusCode": STATUS[type(error)]}
    logger.info("socket opened", extra={"connection": event.connection_id, "user": user_id})
    return {"statusCode": 200}


@routes.on_ws_message()
def message(event: WebsocketEvent) -> None:
    """One frame; whatever is wrong with it, the answer is a message that says so."""
    deps, frame = wiring.deps(), Frame(type="")
    try:
        frame = _frame(event.body)
        answer = _handler(frame)(deps, event.connection_id, frame)
    except DomainError as error:
        logger.info("message refused", extra={"connection": event.connection_id, "code": error.code})
        answer = _error(error.code, error.message)
    except Exception as error:
        logger.error("surprise", extra={"connection": event.connection_id} | fault(error))
        answer = _error("surprise", "Something went wrong on our side. Please try again.")
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


def _frame(body: str) -> Frame:
    if len(body.encode(errors="replace")) > MOST:
        raise TooLarge("too_large", f"At most {MOST // 1024} KB can be sent in a message.")
    try:
        return msgspec.json.decode(body, type=Frame)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Malformed("bad_message", "This message cannot be read.") from None


def _handler(frame: Frame) -> Callable[[wiring.Deps, str, Frame], dict[str, Any] | None]:
    if frame.type not in _HANDLERS:
        raise Malformed("unknown_type", "There is no such message.")
    return _HANDLERS[frame.type]


def _hello(deps: wiring.Deps, connection_id: str, frame: Frame) -> dict[str, Any]:
    data = realtime.greet(deps, connection_id)
    return {"type": "welcome", "topic": f"user:{data['user_id']}", "data": data}


def _ping(deps: wiring.Deps, connection_id: str, frame: Frame) -> dict[str, Any]:
    return {"type": "pong", "data": {"server_time": deps.clock()}}


def _join(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    try:
        asked = msgspec.convert(frame.data, Join)
    except msgspec.ValidationError:
        raise Malformed("bad_message", "To join, a pass and a sid are needed.") from None
    signaling.join(deps, connection_id, _room(frame), asked.shown, asked.sid)
    logger.info("joined", extra={"connection": connection_id, "session": _room(frame)})


def _here(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    try:
        said = msgspec.convert(frame.data, Here)
    except msgspec.ValidationError:
        raise Malformed("bad_message", "To be counted as here, a pass is needed.") from None
    attendance.mark(deps, _room(frame), said.shown)


def _signal(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    signaling.relay(deps, connection_id, _room(frame), frame.data)


def _leave(deps: wiring.Deps, connection_id: str, frame: Frame) -> None:
    realtime.depart(deps, _room(frame), connection_id)


def _room(frame: Frame) -> str:
    kind, _, session_id = frame.topic.partition(":")
    if kind != "room" or not session_id:
        raise Malformed("bad_topic", "This message needs a room as its topic.")
    return session_id


def _error(code: str, words: str) -> dict[str, Any]:
    return {"type": "error", "data": {"code": code, "message": words}}


_HANDLERS: Mapping[str, Callable[[wiring.Deps, str, Frame], dict[str, Any] | None]] = {
    "hello": _hello,
    "ping": _ping,
    "join": _join,
    "here": _here,
    "signal": _signal,
    "leave": _leave,
}
