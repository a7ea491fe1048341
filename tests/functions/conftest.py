"""Lambda handlers over a world in memory, called as Lambda calls them."""

import json

import pytest

from chalicelib import socket_wiring, wiring
from chalicelib.domain.identity import Identity
from chalicelib.services import realtime
from functions import realtime as handlers
from tests.events import event
from tests.fakes.world import Clock, world
from tests.functions.conversation import join, pass_for


@pytest.fixture
def clock():
    """Noon on a Monday, until it is moved."""
    return Clock()


@pytest.fixture
def deps(clock, monkeypatch):
    """What the handlers find when they ask for their parts."""
    made = world(clock)
    for each in (wiring, socket_wiring):
        monkeypatch.setattr(each, "deps", lambda: made)
    monkeypatch.setenv("AWS_REGION", "ap-south-1")  # as Lambda always has it
    return made


class Page:
    """A page's socket: what it sends arrives as events, what it is told is in `heard`."""

    def __init__(self, deps, connection):
        self.deps, self.connection = deps, connection

    def connect(self, ticket, origin="http://localhost:8000", door="origin-secret"):
        """The status that the handshake is answered with."""
        sent = self._event("connect")
        sent["queryStringParameters"] = {"ticket": ticket} if ticket is not None else None
        said = {"Origin": origin, "X-PeerLearn-Origin": door}
        sent["headers"] = {"Host": "x"} | {name: value for name, value in said.items() if value is not None}
        return handlers.connect(sent, None)["statusCode"]

    def send(self, message):
        """One frame; a string goes as it is. Answers with what this page is told because of it."""
        before = len(self.heard)
        sent = self._event("message")
        sent["body"] = message if isinstance(message, str) else json.dumps(message)
        assert handlers.message(sent, None) == {"statusCode": 200}
        return self.heard[before:]

    def close(self):
        handlers.disconnect(self._event("disconnect"), None)

    @property
    def heard(self):
        return self.deps.sockets.to(self.connection)

    def _event(self, name):
        made = event(name)
        made["requestContext"]["connectionId"] = self.connection
        return made


@pytest.fixture
def page(deps):
    """An open socket of someone; with `opened=False` a page that has not connected yet."""

    def made(connection, user_id="usr_l", opened=True, roles=("learner",)):
        new = Page(deps, connection)
        if opened:
            user = Identity(user_id, roles, 1, "dev_1", "admin" in roles)
            assert new.connect(realtime.ticket(deps, user)) == 200
        return new

    return made


def greeted(page):
    """As every page, it says hello first; what it was told then is passed over."""
    [welcome] = page.send({"type": "hello"})
    assert welcome["type"] == "welcome"
    page.deps.sockets.posts.clear()
    page.deps.tables.requests.clear()
    return page


@pytest.fixture
def lena(page, deps):
    """The learner's page, connected and greeted."""
    return greeted(page("lena=", "usr_l"))


@pytest.fixture
def meera(page, deps):
    """The mentor's page, connected and greeted."""
    return greeted(page("meera=", "usr_m"))


@pytest.fixture
def met(deps, lena, meera):
    """Both have joined; each one's token to the other, by name."""
    join(lena, pass_for(deps, "learner", "usr_l"), "sid-l")
    join(meera, pass_for(deps, "mentor", "usr_m"), "sid-m")
    tokens = {"meera": meera.heard[-1]["data"]["peer"]["token"], "lena": lena.heard[-1]["data"]["token"]}
    deps.tables.requests.clear()
    deps.sockets.posts.clear()
    return tokens
