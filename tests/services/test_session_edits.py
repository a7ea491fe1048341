"""What a mentor changes of a session or takes back, and who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.services import sessions
from chalicelib.stores import keys
from tests.fakes.people import learner, mentor
from tests.fakes.times import book, claimed, hold, offer, publish
from tests.fakes.world import NOON
from tests.refusals import code_of
from tests.services.dealings import edit, upcoming

pytestmark = pytest.mark.usefixtures("open_all_day")


def test_a_session_made_for_two_is_nobody_elses_to_see_or_book(deps, meera, lena):
    held = hold(deps, lena, meera, offer(deps, meera))
    xu = learner(deps, "Xu")
    for viewer in (xu.id, None):
        assert code_of(lambda viewer=viewer: sessions.seen_by(deps, held.session.id, viewer)) == "not_found"
    assert code_of(lambda: book(deps, xu, held.session)) == "not_found"
    assert sessions.seen_by(deps, held.session.id, lena.id).viewer == "learner"
    assert deps.sessions.listed("all", NOON, 10, None).items == []


def test_an_open_session_is_edited_and_its_time_moves_with_its_claims(deps, meera):
    session = publish(deps, meera)
    new = edit(deps, meera, session, starts_at=NOON + timedelta(hours=50), title="Generators in an hour")
    assert (new.title, new.version) == ("Generators in an hour", deps.sessions.get(session.id).version)
    assert claimed(deps, meera.account.id) == {} and len(claimed(deps, meera.account.id, 50)) == 4
    listed = deps.sessions.listed("all", NOON, 10, None).items
    assert [(each.id, each.starts_at) for each in listed] == [(session.id, NOON + timedelta(hours=50))]
    assert code_of(lambda: edit(deps, meera, session, version=1, title="Generators, again")) == "session_changed"


def test_words_of_a_booked_session_reach_its_learner(deps, meera, lena):
    session = publish(deps, meera)
    book(deps, lena, session)
    edit(deps, meera, session, title="Generators in an hour")
    assert upcoming(deps, lena)[0].session.title == "Generators in an hour"
    assert code_of(lambda: edit(deps, meera, session, duration_minutes=90)) == "frozen"


def test_only_its_mentor_edits_or_withdraws_a_session(deps, meera, lena):
    session, ravi = publish(deps, meera), mentor(deps, "Ravi")
    assert code_of(lambda: edit(deps, ravi, session, title="Generators in an hour")) == "not_found"
    withdraw = lambda who: sessions.withdraw(deps, mentor_id=who, session_id=session.id)  # noqa: E731
    assert code_of(lambda: withdraw(ravi.account.id)) == "not_found"
    for _ in range(2):
        assert withdraw(meera.account.id).status == "cancelled"
    assert claimed(deps, meera.account.id) == {}
    assert keys.session(session.id) in deps.tables.items


def test_words_of_a_session_from_a_request_can_be_changed(deps, meera, lena):
    held = hold(deps, lena, meera, offer(deps, meera)).session
    made = replace(held, origin="request", topics=())
    deps.tables.commit(deps.sessions.saving(held, made))
    assert edit(deps, meera, made, title="Generators in an hour").title == "Generators in an hour"
