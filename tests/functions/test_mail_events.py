"""Bounces and complaints as SES publishes them: which of them stop mail, and whose."""

import pytest
from chalice.test import Client

from chalicelib import wiring
from infra.local.proxy import came_back
from tests.events import event
from tests.fakes.people import learner
from tests.fakes.world import world


@pytest.fixture
def deps(monkeypatch):
    made = world()
    monkeypatch.setattr(wiring, "deps", lambda: made)
    learner(made, id="usr_lena")
    return made


def heard(told):
    """What the function makes of it."""
    from app import app

    with Client(app) as client:
        return client.lambda_.invoke("mail_events", told).payload["outcome"]


def stopped(deps):
    return deps.accounts.find("usr_lena").mail_stopped


@pytest.mark.parametrize(("name", "why"), [("mail_bounce", "bounced"), ("mail_complaint", "complained")])
def test_an_address_that_does_not_exist_or_complains_gets_no_more_mail(deps, name, why):
    assert [heard(event(name)), heard(event(name))] == ["stopped", "nothing"]
    assert stopped(deps) == why


@pytest.mark.parametrize("kind", ["Transient", "Undetermined"])
def test_a_bounce_that_may_pass_means_nothing(deps, kind):
    told = event("mail_bounce")
    told["detail"]["bounce"]["bounceType"] = kind
    assert (heard(told), stopped(deps)) == ("nothing", None)


def test_a_complaint_that_was_taken_back_means_nothing(deps):
    told = event("mail_complaint")
    told["detail"]["complaint"]["complaintFeedbackType"] = "not-spam"
    assert (heard(told), stopped(deps)) == ("nothing", None)


def test_what_became_of_a_former_address_is_no_matter(deps):
    told = event("mail_bounce")
    told["detail"]["bounce"]["bouncedRecipients"][0]["emailAddress"] = "lena@old.example"
    assert (heard(told), stopped(deps)) == ("nothing", None)


@pytest.mark.parametrize("tags", [{}, {"user": []}, {"user": ["usr_none"]}])
def test_mails_of_nobody_we_know_stop_nothing(deps, tags):
    told = event("mail_bounce")
    told["detail"]["mail"]["tags"] = tags
    assert (heard(told), stopped(deps)) == ("nothing", None)


@pytest.mark.parametrize("detail", [{}, {"eventType": "Open"}, {"eventType": "Bounce", "bounce": "?"}])
def test_what_makes_no_sense_brings_nothing_down(deps, detail):
    assert heard(event("mail_bounce") | {"detail": detail}) == "nothing"


def test_no_address_stands_in_the_log(deps, caplog):
    heard(event("mail_complaint"))
    assert "example.com" not in repr([vars(record) for record in caplog.records]).lower()


@pytest.mark.parametrize(("what", "why"), [("bounce", "bounced"), ("complaint", "complained"), ("delay", None)])
def test_what_a_developer_presses_is_heard_as_what_aws_sends(deps, what, why):
    mail = {
        "id": "1",
        "to": ["lena@example.com"],
        "tags": [{"Name": "user", "Value": "usr_lena"}],
        "set": "s",
        "at": "-",
    }
    heard(came_back.event(what, mail))
    assert stopped(deps) == why
