"""What a block forbids, and what becomes of a report."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Invalid, NotFound, TooMany
from chalicelib.domain.identity import Identity
from chalicelib.services import blocks, bookings, reports, requests
from chalicelib.stores import keys
from tests.fakes import people, times
from tests.services import negotiation
from tests.services.writing import in_common, write


@pytest.fixture
def blocked(deps, lena, meera):
    """Meera has blocked Lena."""
    blocks.block(deps, meera.account.id, lena.id)


@pytest.fixture
def admin(deps):
    """Signed in with a second factor."""
    account = people.learner(deps, "Ada", roles=("admin",))
    return Identity(account.id, ("admin",), account.auth_epoch, "dev_1", True)


def code(act, *args, **named):
    with pytest.raises(DomainError) as refusal:
        act(*args, **named)
    assert "block" not in refusal.value.message.lower()
    return refusal.value.code


def test_who_is_blocked_cannot_book_hold_or_ask(deps, lena, meera, lesson, blocked):
    session = times.publish(deps, meera)
    assert code(times.book, deps, lena, session) == "not_possible"
    assert code(times.hold, deps, lena, meera, lesson, hours=48) == "not_possible"
    assert code(negotiation.ask, deps, lena, meera) == "not_possible"
    blocks.unblock(deps, meera.account.id, lena.id)
    assert times.book(deps, lena, session).booking.status == "confirmed"


def test_in_an_open_request_the_blocked_can_only_withdraw(deps, lena, meera):
    times.open_hours(deps, meera)
    request = negotiation.ask(deps, lena, meera)
    blocks.block(deps, meera.account.id, lena.id)
    assert code(requests.say, deps, request.id, lena.id, "Hello?", key="key-of-words") == "not_possible"
    requests.say(deps, request.id, meera.account.id, "No more.", key="key-of-words")
    assert requests.withdraw(deps, request.id, lena.id, seen=1).status == "withdrawn"


def test_what_is_booked_already_stands_and_can_be_called_off(deps, lena, meera):
    booking_id = in_common(deps, lena, meera)
    blocks.block(deps, meera.account.id, lena.id)
    cancelled = bookings.cancel(deps, user_id=lena.id, booking_id=booking_id, reason="", refund_paise=0)
    assert cancelled.booking.status == "cancelled_by_learner"


def test_whom_one_has_blocked_can_be_seen_and_nobody_blocks_themselves(deps, lena, meera):
    blocks.block(deps, meera.account.id, lena.id)
    blocks.block(deps, meera.account.id, lena.id)
    assert [(each.name, each.blocked) for each in blocks.blocked(deps, meera.account.id)] == [("Lena", True)]
    assert blocks.blocked(deps, lena.id) == []
    with pytest.raises(Conflict, match="own_account"):
        blocks.block(deps, lena.id, lena.id)
    with pytest.raises(NotFound):
        blocks.block(deps, lena.id, "usr_none")
    blocks.forget(deps, meera.account.id)
    assert blocks.blocked(deps, meera.account.id) == []


def tell(deps, user_id, about, thing_id, *, reason="spam", words="", block=False):
    return reports.report(deps, user_id, about=about, thing_id=thing_id, reason=reason, words=words, block=block)


def test_a_message_is_reported_with_its_words_by_who_received_it(deps, lena, meera):
    message = write(deps, lena.id, meera.account.id, "Buy my coins", about=in_common(deps, lena, meera))
    report = tell(deps, meera.account.id, "message", message.id, reason="scam", block=True)
    assert (report.subject.of, report.subject.quote) == (lena.id, "Buy my coins")
    assert code(write, deps, lena.id, meera.account.id) == "not_possible"
    for who in (lena.id, people.learner(deps, "Eve").id):
        with pytest.raises(NotFound):
            tell(deps, who, "message", message.id)


def test_a_session_is_reported_by_its_people_and_a_public_one_by_anyone(deps, lena, meera):
    booking_id, eve = in_common(deps, lena, meera), people.learner(deps, "Eve")
    session_id = deps.bookings.find(booking_id).session_id
    assert tell(deps, lena.id, "session", session_id).subject.of == meera.account.id
    assert tell(deps, meera.account.id, "session", session_id).subject.of == lena.id
    assert tell(deps, eve.id, "session", session_id).subject.of == meera.account.id
    deps.tables.items[keys.session(session_id)]["origin"] = "request"
    with pytest.raises(NotFound):
        tell(deps, people.learner(deps, "Mallory").id, "session", session_id)


@pytest.mark.parametrize("about", ["person", "session", "message", "review"])
def test_what_is_not_there_cannot_be_reported(deps, lena, about):
    with pytest.raises(NotFound):
        tell(deps, lena.id, about, "thr_none-1")


def test_sent_again_it_is_one_report_and_other_words_on_the_day_are_refused(deps, lena, meera, clock):
    first = tell(deps, lena.id, "person", meera.account.id, words="She is rude.")
    assert tell(deps, lena.id, "person", meera.account.id, words="She is rude.") == first
    assert code(tell, deps, lena.id, "person", meera.account.id, words="And late.", block=True) == "already_reported"
    assert [each.id for each in blocks.blocked(deps, lena.id)] == [meera.account.id], "the block is made all the same"
    blocks.unblock(deps, lena.id, meera.account.id)
    assert tell(deps, lena.id, "person", meera.account.id, words="She is rude.", block=True) == first
    assert [each.id for each in blocks.blocked(deps, lena.id)] == [meera.account.id], "nothing is new but the block"
    clock.forward(timedelta(days=1))
    assert tell(deps, lena.id, "person", meera.account.id, words="And late.").id != first.id


def test_a_reason_that_is_none_of_ours_needs_words_and_nobody_reports_themselves(deps, lena, meera):
    with pytest.raises(Invalid):
        tell(deps, lena.id, "person", meera.account.id, reason="other", words="  ")
    with pytest.raises(Conflict, match="own_account"):
        tell(deps, lena.id, "person", lena.id)


def test_ten_reports_an_hour(deps, lena):
    mentors = [people.mentor(deps, f"Mentor{chr(97 + each)}") for each in range(11)]
    for each in mentors[:10]:
        tell(deps, lena.id, "person", each.account.id)
    with pytest.raises(TooMany, match="too_many"):
        tell(deps, lena.id, "person", mentors[10].account.id)


def test_an_admin_closes_a_report_once_and_it_is_in_the_log(deps, lena, meera, admin):
    report = tell(deps, lena.id, "person", meera.account.id, words="She is rude.")
    [case] = reports.listed(deps, "open", limit=20, cursor=None)[0]
    assert (case.report, case.by.name, case.of.name) == (report, "Lena", "Meera")
    with pytest.raises(Invalid):
        reports.close(deps, report.id, by=admin, words=" ")
    reports.close(deps, report.id, by=admin, words="Talked to her.")
    with pytest.raises(Conflict, match="closed"):
        reports.close(deps, report.id, by=admin, words="Again.")
    assert reports.listed(deps, "open", limit=20, cursor=None)[0] == []
    [case] = reports.listed(deps, "closed", limit=20, cursor=None)[0]
    assert (case.report.closing, case.report.closed_by) == ("Talked to her.", admin.user_id)
    [act] = deps.admin_acts.of_month("2026-03", limit=20, cursor=None).items
    assert (act.what, act.about, act.facts["of"]) == ("report_closed", report.id, meera.account.id)
