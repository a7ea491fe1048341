"""The push queue's end: what is done is not given back, what was not even counted is."""

import json
from datetime import timedelta

import pytest
from chalice.test import Client

from chalicelib import wiring
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.outgoing import Errand, Outgoing
from tests.fakes.people import learner
from tests.fakes.world import world
from tests.services.test_push import SERVICE, signed_in, subscribe


@pytest.fixture
def deps(monkeypatch):
    made = world()
    monkeypatch.setattr(wiring, "deps", lambda: made)
    return made


@pytest.fixture
def errand(deps):
    """Something that Lena is to be alerted of, on her one browser."""
    lena = learner(deps)
    subscribe(deps, signed_in(deps, lena))
    facts = {"title": "Decorators", "other": "Meera", "booking_id": "bkg_1"}
    facts["starts_at"] = (deps.clock() + timedelta(hours=4)).isoformat()
    message = Outgoing("out_1", lena.id, "", "booking_confirmed_learner", deps.clock(), facts)
    deps.tables.commit([deps.outbox.adding(message)])
    return Errand("push", lena.id, "out_1", 0)


def handled(*bodies):
    """The messages that are given back."""
    from app import app

    with Client(app) as client:
        event = client.events.generate_sqs_event(list(bodies), "push")
        failures = client.lambda_.invoke("send_push", event).payload["batchItemFailures"]
    return len(failures)


def body(errand):
    return json.dumps(vars(errand))


def test_a_push_is_made_once(deps, errand):
    assert handled(body(errand), body(errand)) == 0
    assert len(deps.web_push.shown) == 1


def test_what_makes_no_sense_is_not_given_back(deps):
    assert handled("?", "{}", json.dumps({"channel": "push"})) == 0


def test_a_service_that_is_down_is_the_sweeps_matter_then(deps, errand, caplog):
    deps.web_push.answers[SERVICE + "a"] = "failed"
    assert handled(body(errand)) == 0
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert deps.outbox.find(errand.user_id, "out_1").push_attempts == 1


def test_what_was_not_even_counted_comes_again(deps, errand, monkeypatch):
    def throttled(*_):
        raise Unavailable

    monkeypatch.setattr(deps.outbox, "find", throttled)
    assert handled(body(errand)) == 1


def test_neither_words_nor_addresses_stand_in_the_log(deps, errand, caplog):
    handled(body(errand))
    assert not {"Decorators", "mozilla"} & set(repr([vars(record) for record in caplog.records]).split())
