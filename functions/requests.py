"""Requests over HTTP: asking a mentor for a session, and what its two people can do with it."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain import entries
from chalicelib.domain import requests as rules
from chalicelib.domain.errors import Invalid
from chalicelib.domain.requests import LONGEST_NOTE
from chalicelib.domain.wishes import LONGEST_MESSAGE, MOST_TIMES, Wish
from chalicelib.services import requests
from functions.access import PARTY, SELF, SIGNED_IN
from functions.http import Call, Routes
from functions.request_views import (
    Message,
    MessagePage,
    RequestPage,
    RequestView,
    message_view,
    request_row,
    request_view,
)
from functions.shapes import PageQuery, Time, utc

routes = Routes(__name__)
Words = Annotated[str, msgspec.Meta(max_length=4000)]
Times = Annotated[tuple[Time, ...], msgspec.Meta(max_length=4 * MOST_TIMES)]  # the rule itself has the better words


class NewRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A session to ask a mentor for, at one of up to three times."""

    mentor_slug: Annotated[str, msgspec.Meta(max_length=80)]
    title: Words
    domain: Words
    description: Words
    times: Times
    duration_minutes: int
    price_paise: int = 0


class RequestsQuery(PageQuery, forbid_unknown_fields=True):
    """Those one made, or was asked; still open, or not any more."""

    side: Literal["learner", "mentor"] = "learner"
    state: Literal["open", "closed"] = "open"


class Counter(msgspec.Struct, forbid_unknown_fields=True):
    """Other terms; `version` is that of the request they answer."""

    version: int
    times: Times
    price_paise: int = 0
    note: Annotated[str, msgspec.Meta(max_length=2 * LONGEST_NOTE)] = ""


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    """The one of the offered times that it is to be."""

    version: int
    starts_at: Time


class Refusing(msgspec.Struct, forbid_unknown_fields=True):
    """No, and why."""

    version: int
    reason: Annotated[str, msgspec.Meta(max_length=2 * LONGEST_NOTE)]


class Withdrawal(msgspec.Struct, forbid_unknown_fields=True):
    """The learner no longer wants it."""

    version: int


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """A word to the other side."""

    text: Annotated[str, msgspec.Meta(max_length=2 * LONGEST_MESSAGE)]


@routes.add("POST", "/requests", SIGNED_IN, body=NewRequest, answer=RequestView, status=201, keyed=True)
def make_request(call: Call) -> RequestView:
    """A verified person asks an approved mentor for a session."""
    wanted: NewRequest = call.body
    wish = Wish(
        title=entries.tidy(wanted.title),
        domain=wanted.domain,
        description=wanted.description.strip(),
        times=_utc(wanted.times),
        duration_minutes=wanted.duration_minutes,
        price_paise=wanted.price_paise,
    )
    me, slug = call.user.user_id, wanted.mentor_slug
    return _view(call, requests.ask(call.deps, learner_id=me, mentor_slug=slug, wish=wish, key=call.key or ""))


@routes.add("GET", "/me/requests", SELF, query=RequestsQuery, answer=RequestPage)
def list_own_requests(call: Call) -> RequestPage:
    """One's own requests, or those one was asked, the latest first."""
    query, me, now = call.query, call.user.user_id, call.deps.clock()
    page = call.deps.requests.of_person(
        me, query.side, is_open=query.state == "open", limit=query.limit, cursor=query.cursor
    )
    return RequestPage([request_row(row.settle(now), me, now) for row in page.items], page.next)


@routes.add("GET", "/requests/{request_id}", PARTY, answer=RequestView)
def show_request(call: Call, request_id: str) -> RequestView:
    """A request with all its moves, for its two people."""
    return _view(call, requests.seen_by(call.deps, request_id, call.user.user_id))


@routes.add("POST", "/requests/{request_id}/counter", PARTY, body=Counter, answer=RequestView)
def counter_request(call: Call, request_id: str) -> RequestView:
    """Other times, another price or both, for the other side to answer."""
    asked: Counter = call.body
    terms = rules.Terms(_utc(asked.times), asked.price_paise)
    me, note, seen = call.user.user_id, asked.note, asked.version
    return _view(call, requests.counter(call.deps, request_id, me, terms=terms, note=note, seen=seen))


@routes.add("POST", "/requests/{request_id}/accept", PARTY, body=Choice, answer=RequestView)
def accept_request(call: Call, request_id: str) -> RequestView:
    """One of the offered times at the present price: the session is made; the same choice again changes nothing."""
    at, seen, me = utc(call.body.starts_at), call.body.version, call.user.user_id
    return _view(call, requests.accept(call.deps, request_id, me, starts_at=at, seen=seen))


@routes.add("POST", "/requests/{request_id}/decline", PARTY, body=Refusing, answer=RequestView)
def decline_request(call: Call, request_id: str) -> RequestView:
    """No, with the reason."""
    reason, seen, me = call.body.reason, call.body.version, call.user.user_id
    return _view(call, requests.decline(call.deps, request_id, me, reason=reason, seen=seen))


@routes.add("POST", "/requests/{request_id}/withdraw", PARTY, body=Withdrawal, answer=RequestView)
def withdraw_request(call: Call, request_id: str) -> RequestView:
    """The learner takes it back."""
    return _view(call, requests.withdraw(call.deps, request_id, call.user.user_id, seen=call.body.version))


@routes.add("GET", "/requests/{request_id}/messages", PARTY, query=PageQuery, answer=MessagePage)
def list_request_messages(call: Call, request_id: str) -> MessagePage:
    """The latest words beside a request, newest last; the cursor leads to earlier ones."""
    query: PageQuery = call.query
    page = requests.thread(call.deps, request_id, call.user.user_id, limit=query.limit, cursor=query.cursor)
    return MessagePage([message_view(message) for message in page.items], page.next)


@routes.add("POST", "/requests/{request_id}/messages", PARTY, body=NewMessage, answer=Message, status=201, keyed=True)
def write_request_message(call: Call, request_id: str) -> Message:
    """A word to the other side, while it is open and once it is agreed."""
    text, me = call.body.text, call.user.user_id
    return message_view(requests.say(call.deps, request_id, me, text, key=call.key or ""))


def _utc(times: tuple[datetime, ...]) -> tuple[datetime, ...]:
    try:
        return tuple(utc(at) for at in times)
    except Invalid as fault:
        raise Invalid({"times": fault.fields["starts_at"]}) from None


def _view(call: Call, request: rules.Request) -> RequestView:
    zone = requests.other_zone(call.deps, request, call.user.user_id)
    return request_view(request, call.user.user_id, call.deps.clock(), zone)
