"""What a request looks like to its two people, in lists and on its own page."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from chalicelib.domain import requests as rules
from functions.shapes import Learner, MentorCard, learner_card, mentor_card

Side = Literal["learner", "mentor"]


class Terms(msgspec.Struct):
    """When, and for how much: one of the times is to be chosen; `choices` are those still far enough ahead."""

    times: tuple[datetime, ...]
    choices: tuple[datetime, ...]
    price_paise: int


class RequestMoves(msgspec.Struct):
    """What the viewer can do now."""

    accept: bool
    counter: bool
    decline: bool
    withdraw: bool
    write: bool


class RequestRow(msgspec.Struct):
    """A request in a list; `turn` is who is asked, until `expires_at`; `version` goes with each answer to it."""

    id: str
    title: str
    domain: str
    description: str
    duration_minutes: int
    status: Literal["open", "accepted", "declined", "withdrawn", "expired"]
    turn: Side
    viewer: Side
    terms: Terms
    created_at: datetime
    moved_at: datetime
    expires_at: datetime
    server_time: datetime
    learner: Learner
    mentor: MentorCard
    session_id: str | None
    booking_id: str | None
    version: int
    can: RequestMoves


class Move(msgspec.Struct):
    """One step of either side, with the terms as they were from then on."""

    by: Side
    kind: Literal["proposed", "countered", "accepted", "declined", "withdrawn"]
    times: tuple[datetime, ...]
    price_paise: int
    note: str
    at: datetime


class RequestView(RequestRow):
    """A request's own page: all its moves, the first one first; and the clock that the other of the two lives by."""

    moves: list[Move]
    other_zone: str | None


class RequestPage(msgspec.Struct):
    """Some requests, the latest first."""

    items: list[RequestRow]
    next: str | None


class Message(msgspec.Struct):
    """A word of one side to the other."""

    id: str
    by: Side
    text: str
    at: datetime


class MessagePage(msgspec.Struct):
    """Some of a thread, newest last; `next` leads to what was said before."""

    items: list[Message]
    next: str | None


def request_row(request: rules.Request, viewer_id: str, now: datetime) -> RequestRow:
    """As it stands in a list."""
    return RequestRow(**_row(request, viewer_id, now))


def request_view(request: rules.Request, viewer_id: str, now: datetime, other_zone: str | None) -> RequestView:
    """All that its two people know of it."""
    moves = [Move(move.by, move.kind, move.times, move.price_paise, move.note, move.at) for move in request.moves]
    return RequestView(**_row(request, viewer_id, now), moves=moves, other_zone=other_zone)


def message_view(message: rules.Message) -> Message:
    """As both see it."""
    return Message(message.id, message.by, message.text, message.at)


def _row(request: rules.Request, viewer_id: str, now: datetime) -> dict[str, Any]:
    side, terms = request.side_of(viewer_id), request.terms
    return {
        "id": request.id,
        "title": request.title,
        "domain": request.domain,
        "description": request.description,
        "duration_minutes": request.duration_minutes,
        "status": request.status,
        "turn": request.turn,
        "viewer": side,
        "terms": Terms(terms.times, request.choices(now), terms.price_paise),
        "created_at": request.created_at,
        "moved_at": request.moved_at,
        "expires_at": request.expires_at,
        "server_time": now,
        "learner": learner_card(request.learner),
        "mentor": mentor_card(request.mentor),
        "session_id": request.session_id,
        "booking_id": request.booking_id,
        "version": request.round,
        "can": _can(request, side, now),
    }


def _can(request: rules.Request, side: Side, now: datetime) -> RequestMoves:
    return RequestMoves(
        accept=request.may(side, "accepted", now),
        counter=request.may(side, "countered", now),
        decline=request.may(side, "declined", now),
        withdraw=request.may(side, "withdrawn", now),
        write=request.may_write(now),
    )
