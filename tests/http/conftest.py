"""The app in this process, on a world in memory."""

import pytest

from chalicelib import wiring
from chalicelib.services import links
from chalicelib.stores import keys
from tests.fakes.times import recorded
from tests.fakes.world import Clock, world
from tests.http.browser import LENA, Browser


@pytest.fixture
def clock():
    """Noon on a Monday, until it is moved."""
    return Clock()


@pytest.fixture
def deps(clock, monkeypatch):
    """PeerLearn on fakes, in place of the process's own."""
    made = world(clock)
    monkeypatch.setattr(wiring, "deps", lambda: made)
    return made


@pytest.fixture
def new_browser(deps):
    """A fresh profile, as often as asked."""
    from app import app

    return lambda **given: Browser(app, **given)


@pytest.fixture
def browser(new_browser):
    """A fresh profile."""
    return new_browser()


@pytest.fixture
def mails(deps):
    """The waiting mails, newest last, each as (template, to, token of its link)."""

    def waiting():
        return [(m.template, m.to, links.link_for(deps, m).partition("#")[2]) for m in recorded(deps)]

    return waiting


@pytest.fixture
def lena(browser, mails):
    """A browser in which Lena is signed in, her address proven."""
    assert browser.post("/signup/learner", LENA).status == 201
    assert browser.post("/email/verify", {"token": mails()[-1][2]}).status == 200
    return browser


@pytest.fixture
def stored(deps):
    """The account as it is stored."""
    return lambda user_id: deps.tables.items[keys.account(user_id)]
