"""CPU of a request inside the API Lambda, against an empty Chalice route, on tables in memory."""

import json
import os
import time
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
from tests.fakes import people
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
        return [Line(what, _best(app.app, _route(path), path, token), empty, "µs") for what, path in paths.items()]


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
    event = _event(route, path, token)
    return min(_run(chalice, event) for _ in range(5))


def _run(chalice: Chalice, event: dict[str, Any]) -> float:
    began = time.process_time()
    for _ in range(ROUNDS):
        answer = chalice(event, None)
    taken = time.process_time() - began
    assert answer["statusCode"] == 200, answer
    return 1e6 * taken / ROUNDS


def _event(route: str, path: str, token: str) -> dict[str, Any]:
    headers = {http.ORIGIN_HEADER: SECRETS.origin, "cookie": f"{http.ACCESS_COOKIE}={token}"}
    parameters = {"session_id": path.rpartition("/")[2]} if "{" in route else {}
    return json.loads(
        json.dumps(
            {
                "requestContext": {"resourcePath": route, "httpMethod": "GET", "path": path, "identity": {}},
                "headers": headers,
                "multiValueHeaders": {name: [value] for name, value in headers.items()},
                "pathParameters": parameters,
                "multiValueQueryStringParameters": None,
                "stageVariables": None,
                "body": None,
                "isBase64Encoded": False,
            }
        )
    )
