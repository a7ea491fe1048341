"""A mentor as they are found at their address, beside the learner who asks."""

from dataclasses import replace

import pytest

from chalicelib.domain.allowances import Allowance
from chalicelib.domain.errors import NotFound, Unauthenticated
from chalicelib.services.accounts import people
from tests.fakes.people import learner, mentor


def test_mentor_learner_and_allowance_are_read_in_one_request(deps):
    meera, lena = mentor(deps), learner(deps)
    deps.tables.requests.clear()
    profile, account, allowance = deps.mentors.with_learner("meera", lena.id)
    assert deps.tables.requests == ["BatchGetItem"]
    assert profile.card() == meera.mentor.card(meera.account)
    assert (account, allowance) == (lena, Allowance(lena.id))


def test_a_mentor_who_is_not_there_and_a_learner_who_has_left_are_each_refused(deps):
    mentor(deps)
    with pytest.raises(NotFound):
        deps.mentors.with_learner("nobody", learner(deps).id)
    with pytest.raises(Unauthenticated):
        deps.mentors.with_learner("meera", "usr_gone")


def test_the_public_zone_follows_the_account_at_once(deps):
    meera = mentor(deps).account
    assert deps.mentors.profile("meera").zone == "Asia/Kolkata"
    people.change_account(deps, meera.id, lambda account: replace(account, zone="Pacific/Chatham"))
    assert deps.mentors.profile("meera").zone == "Pacific/Chatham"
    assert deps.mentors.listed("all", 5, None).items[0].zone == "Pacific/Chatham"
