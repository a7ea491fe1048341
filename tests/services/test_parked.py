"""What could not be sent waits for an admin, and holds up nobody meanwhile."""

from datetime import timedelta

import pytest

from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand, Outgoing
from chalicelib.services import due, mail, parked
from chalicelib.services.notifications import sending
from chalicelib.services.reactions import follows
from chalicelib.stores import keys
from tests.fakes.people import learner
from tests.refusals import code_of
from tests.services.selling import acts, admin

TEMPLATES = ["password_changed", "verify_email"]  # shown on the site as well, and a mail alone


@pytest.fixture
def lena(deps):
    return learner(deps, id="usr_lena")


@pytest.fixture
def ada(deps):
    return admin(deps)


@pytest.fixture(params=TEMPLATES)
def given_up(deps, lena, request):
    """A mail that nobody could take in eight tries."""
    told = Outgoing("out_1", lena.id, "", request.param, deps.clock(), push="skipped")
    deps.tables.commit([deps.outbox.adding(told)])
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    deps.mail.broken = False
    return deps.outbox.find(lena.id, "out_1")


def errand(attempt=0, channel="mail"):
    return Errand(channel, "usr_lena", "out_1", attempt)


def ids(deps):
    return [each.message.id for each in parked.listed(deps, limit=10, cursor=None)[0]]


def item(deps, message):
    place = keys.note if message.template == "password_changed" else keys.mail
    return deps.tables.items[place("usr_lena", "out_1")]


def test_is_rung_and_listed_and_asked_for_no_more(deps, clock, given_up):
    assert deps.alarms.rung == [("parked", {"channel": "mail", "notification": "out_1"})]
    assert (given_up.mail, given_up.mail_fault, ids(deps)) == ("parked", "ConnectionError", ["out_1"])
    clock.forward(timedelta(days=1))
    assert due.sweep(deps).done == [] and deps.queue.errands == []


def test_is_sent_once_it_is_resent_with_a_line_in_the_log(deps, ada, lena, given_up):
    old = item(deps, given_up)
    parked.resend(deps, lena.id, "out_1", by=ada)
    assert follows(old, item(deps, given_up)).errands == (errand(),)
    assert follows(old, item(deps, given_up)).news["admins"] == ("admin",)
    assert deps.outbox.find(lena.id, "out_1").mail_fault == ""
    assert mail.send(deps, errand()) == "sent"
    assert (ids(deps), acts(deps)) == ([], ["notification_resent"])


def test_what_the_stream_misses_of_a_resend_the_sweep_does(deps, clock, ada, lena, given_up):
    parked.resend(deps, lena.id, "out_1", by=ada)
    clock.forward(timedelta(minutes=2))
    due.sweep(deps)
    assert deps.queue.errands == [errand()]


def test_a_resent_one_has_eight_tries_again(deps, ada, lena, given_up):
    parked.resend(deps, lena.id, "out_1", by=ada)
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    assert ids(deps) == ["out_1"] and len(deps.alarms.rung) == 2


def test_is_resent_once(deps, ada, lena, given_up):
    parked.resend(deps, lena.id, "out_1", by=ada)
    assert code_of(parked.resend, deps, lena.id, "out_1", by=ada) == "not_parked"
    assert code_of(parked.resend, deps, "usr_other", "out_1", by=ada) == "not_found"


def test_a_last_try_that_gets_through_all_the_same_is_parked_no_more(deps, lena):
    deps.tables.commit([deps.outbox.adding(Outgoing("out_1", lena.id, "", "password_changed", deps.clock()))])
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS - 1):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))
    deps.mail.broken = False
    assert mail.send(deps, errand(MOST_ATTEMPTS - 1)) == "sent"
    assert ids(deps) == [] and deps.alarms.rung == []


def test_a_channel_that_gets_through_leaves_the_other_parked(deps, lena):
    """Both are tried at once, again and again; only one of them has anyone at its end."""
    deps.tables.commit([deps.outbox.adding(Outgoing("out_1", lena.id, "", "password_changed", deps.clock()))])
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS - 1):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(attempt))

    def both_at_once(deps, message, account):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(MOST_ATTEMPTS - 1))
        return True

    assert sending.attempt(deps, errand(0, "push"), both_at_once) == "sent"
    found = deps.outbox.find(lena.id, "out_1")
    assert (found.mail, found.push, ids(deps)) == ("parked", "sent", ["out_1"])


def test_what_is_parked_meanwhile_by_the_other_channel_stays_listed(deps, lena):
    deps.tables.commit([deps.outbox.adding(Outgoing("out_1", lena.id, "", "password_changed", deps.clock()))])

    def dies(deps, message, account):
        raise ConnectionError

    for attempt in range(MOST_ATTEMPTS - 1):
        for channel in ("mail", "push"):
            with pytest.raises(ConnectionError):
                sending.attempt(deps, errand(attempt, channel), dies)

    def the_other_gives_up(deps, message, account):
        with pytest.raises(ConnectionError):
            sending.attempt(deps, errand(MOST_ATTEMPTS - 1, "push"), dies)
        return True

    assert sending.attempt(deps, errand(MOST_ATTEMPTS - 1), the_other_gives_up) == "sent"
    found = deps.outbox.find(lena.id, "out_1")
    assert (found.mail, found.push, ids(deps)) == ("sent", "parked", ["out_1"])
