"""CPU of a request inside the API Lambda, against an empty Chalice route, on tables in memory."""

import itertools
import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from chalice.app import Chalice

import app
from chalicelib import wiring
from chalicelib.domain.identity import Identity
from chalicelib.services import sessions
from functions import http
from functions.logs import logger
from tests.bench.table import Line
from tests.fakes import people, purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import NOON, SECRETS, world

ROUNDS = 300


def lines() -> list[Line]:
    """Microseconds a request; the best of five runs of 300, for both sides."""
    deps = world()
    person, lena = people.mentor(deps), people.learner(deps)
    opened = [_publish(deps, person.account.id, hour) for hour in range(1, 21)]
    user = Identity(lena.id, lena.roles, lena.auth_epoch, "dev_x", False)
    token = deps.tokens.access(user)
    with mock.patch.object(wiring, "deps", lambda: deps), Path(os.devnull).open("w") as silence:
        logger.handlers[0].setStream(silence)
        empty = _best(_empty(), "/empty", "/empty", token)
        paths = {
            "health": "/health",
            "my account": "/me",
            "20 open sessions": "/sessions",
            "one session": f"/sessions/{opened[0]}",
            "my bookings": "/me/bookings",
        }
        found = [Line(what, _best(app.app, _route(path), path, token), empty, "µs") for what, path in paths.items()]
        return [*found, *_money(empty)]


def _money(empty: float) -> list[Line]:
    """Events that are new each time; a checkout and a return from it that are not."""
    deps = world(payments=True)
    meera, lena = people.mentor(deps), people.learner(deps)
    open_hours(deps, meera)
    held = hold(deps, lena, meera, offer(deps, meera, price_paise=500_00))
    token = deps.tokens.access(Identity(lena.id, lena.roles, lena.auth_epoch, "dev_x", False))
    path = f"/bookings/{held.booking.id}"

    def page(act: str, body: dict[str, str]) -> Iterator[dict[str, Any]]:
        of_page = {http.CSRF_HEADER: "1", "content_type": "application/json"}
        place = (f"/bookings/{{booking_id}}/{act}", f"{path}/{act}", token, "POST")
        return itertools.repeat(event(*place, json.dumps(body), **of_page))

    with mock.patch.object(wiring, "deps", lambda: deps):
        begun = Line("checkout, begun before", best(app.app, page("checkout", {})), empty, "µs")
        back = purse.pay(deps, held)
        told, headers = purse.gateway(deps).events()[0]
        signed = {name: value for name, value in headers.items() if not name.endswith("event-id")}
        news = (
            event(
                "/webhooks/razorpay",
                "/webhooks/razorpay",
                "",
                "POST",
                told.decode(),
                **signed,
                x_razorpay_event_id=each,
            )
            for each in map("evt{}".format, itertools.count())
        )
        return [
            begun,
            Line("back from it, once more", best(app.app, page("payment", back)), empty, "µs"),
            Line("an event of the gateway's", best(app.app, news), empty, "µs"),
        ]


def _publish(deps: wiring.Deps, mentor_id: str, hour: int) -> str:
    start = NOON + timedelta(hours=2 * hour)
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", start, 60)
    return sessions.publish(deps, mentor_id=mentor_id, offer=offer, key=f"bench-{hour:08d}").id


def _route(path: str) -> str:
    return "/sessions/{session_id}" if path.startswith("/sessions/") else path


def _empty() -> Chalice:
    bare = Chalice("bare", configure_logs=False)
    bare.route("/empty")(lambda: {})
    return bare


def _best(chalice: Chalice, route: str, path: str, token: str) -> float:
    return best(chalice, itertools.repeat(event(route, path, token)))


def best(chalice: Chalice, events: Iterator[dict[str, Any]]) -> float:
    """Microseconds for each of these."""
    return min(_run(chalice, list(itertools.islice(events, ROUNDS))) for _ in range(5))


def _run(chalice: Chalice, events: list[dict[str, Any]]) -> float:
    began = time.process_time()
    for each in events:
        answer = chalice(each, None)
    taken = time.process_time() - began
    assert answer["statusCode"] == 200, answer
    return 1e6 * taken / ROUNDS


def event(
    route: str, path: str, token: str, method: str = "GET", body: str | None = None, **also: str
) -> dict[str, Any]:
    """What API Gateway hands to the function; `also` are headers, with _ for -."""
    headers = {http.ORIGIN_HEADER: SECRETS.origin, "cookie": f"{http.ACCESS_COOKIE}={token}"}
    headers |= {name.replace("_", "-"): value for name, value in also.items()}
    parameters = {route.partition("{")[2].partition("}")[0]: path.split("/")[2]} if "{" in route else {}
    return json.loads(
        json.dumps(
            {
                "requestContext": {"resourcePath": route, "httpMethod": method, "path": path, "identity": {}},
                "headers": headers,
                "multiValueHeaders": {name: [value] for name, value in headers.items()},
                "pathParameters": parameters,
                "multiValueQueryStringParameters": None,
                "stageVariables": None,
                "body": body,
                "isBase64Encoded": False,
            }
        )
    )
