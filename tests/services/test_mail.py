"""Sending a waiting message: once an attempt, in the person's own zone, parked in the end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand, Outgoing
from chalicelib.services import mail
from chalicelib.stores import keys
from tests.fakes.people import learner


@pytest.fixture
def lena(deps):
    """The recipient, in India."""
    return learner(deps, id="usr_lena")


@pytest.fixture
def waiting(deps, lena):
    """A mail to her that waits."""
    facts = {"session_id": "ses_1", "booking_id": "bkg_1", "title": "Decorators", "other": "Meera", "minutes": "60"}
    facts["starts_at"] = "2026-03-02T14:00:00+00:00"
    message = Outgoing("out_1", lena.id, "", "booking_confirmed_learner", deps.clock(), facts)
    message = replace(message, push="skipped")
    deps.tables.commit([deps.outbox.adding(message)])
    return message


def due(deps):
    return deps.tables.items[keys.note("usr_lena", "out_1")].get("g2sk")


def errand(attempt=0, message_id="out_1"):
    return Errand("mail", "usr_lena", message_id, attempt)


def found(deps):
    return deps.outbox.find("usr_lena", "out_1")


def test_a_waiting_mail_is_sent_once_to_the_address_the_account_has_now(deps, lena, waiting):
    assert mail.send(deps, errand()) == "sent"
    [(to, template, letter)] = deps.mail.sent
    assert (to, template) == ("lena@example.com", "booking_confirmed_learner")
    assert letter.subject == "Booked: Decorators"
    assert "Monday, 2 March 2026, 7:30 – 8:30 pm IST (Asia/Kolkata)" in letter.text
    assert "\nhttp://localhost:8000/bookings/bkg_1\n" in letter.text
    assert 'href="http://localhost:8000/bookings/bkg_1"' in letter.html
    assert "http://localhost:8000/room/ses_1" in letter.text
    assert found(deps).mail == "sent"
    assert due(deps) is None


@pytest.mark.parametrize("attempt", [0, 1])
def test_a_doubled_errand_sends_nothing_more(deps, waiting, attempt):
    mail.send(deps, errand())
    assert mail.send(deps, errand(attempt)) == "not_wanted"
    assert len(deps.mail.sent) == 1


def test_of_two_senders_at_once_one_sends(deps, waiting, monkeypatch):
    find = deps.outbox.find

    def overtaken(user_id, message_id):
        found = find(user_id, message_id)
        monkeypatch.setattr(deps.outbox, "find", find)
        mail.send(deps, errand())
        return found

    monkeypatch.setattr(deps.outbox, "find", overtaken)
    assert mail.send(deps, errand()) == "not_wanted"
    assert len(deps.mail.sent) == 1


def test_an_unknown_message_is_no_fault(deps):
    assert mail.send(deps, errand(message_id="out_none")) == "not_wanted"


def test_nothing_is_written_to_someone_who_is_no_more(deps, lena, waiting):
    deps.tables.commit(deps.accounts.removing(deps.accounts.find(lena.id)))
    assert mail.send(deps, errand()) == "not_wanted"
    assert deps.mail.sent == []
    assert due(deps) is None


def test_a_failed_try_is_counted_and_due_later(deps, waiting):
    deps.mail.broken = True
    with pytest.raises(ConnectionError):
        mail.send(deps, errand())
    assert found(deps).mail_attempts == 1
    assert due(deps) == "2026-03-02T12:04:00Z#out_1"


def test_after_eight_tries_it_waits_for_a_person(deps, waiting):
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    assert found(deps).mail == "parked"
    assert due(deps) is None
    assert mail.send(deps, errand(MOST_ATTEMPTS - 1)) == "parked"


def test_a_parked_mail_is_forgotten_with_the_person_in_it(deps, clock, lena):
    deps.tables.commit([deps.outbox.adding(Outgoing("out_1", lena.id, "", "verify_email", deps.clock()))])
    deps.mail.broken, key = True, keys.mail("usr_lena", "out_1")
    for attempt in range(MOST_ATTEMPTS):
        assert "ttl" not in deps.tables.items[key]
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    assert deps.tables.items[key]["ttl"] == int(clock.now.timestamp()) + 30 * 86400


def test_what_is_shown_on_the_site_is_kept_for_ninety_days(deps, clock, waiting):
    mail.send(deps, errand())
    assert deps.tables.items[keys.note("usr_lena", "out_1")]["ttl"] == int(clock.now.timestamp()) + 90 * 86400


def test_a_last_try_that_succeeds_is_not_parked(deps, waiting):
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS - 1):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    deps.mail.broken = False
    assert mail.send(deps, errand(MOST_ATTEMPTS - 1)) == "sent"
    assert found(deps).mail == "sent"


def test_a_mail_that_calendars_are_to_know_of_carries_what_was_true_when_it_was_recorded(deps, lena, waiting, clock):
    facts = waiting.facts | {"calendar": "request", "sequence": "2"}
    deps.tables.commit([deps.outbox.adding(replace(waiting, id="out_2", facts=facts))])
    clock.forward(timedelta(minutes=9))
    assert mail.send(deps, errand(message_id="out_2")) == "sent"
    [(_, _, letter)] = deps.mail.sent
    assert letter.invitation.method == "REQUEST"
    lines = letter.invitation.text.replace("\r\n ", "").split("\r\n")
    assert {"UID:bkg_1@localhost", "SEQUENCE:2", "DTSTAMP:20260302T120000Z", "DTSTART:20260302T140000Z"} <= set(lines)
    assert "mailto:lena@example.com" in letter.invitation.text.replace("\r\n ", "")


def test_a_mail_about_a_booking_that_calendars_know_already_carries_none(deps, waiting):
    mail.send(deps, errand())
    assert deps.mail.sent[0][2].invitation is None
