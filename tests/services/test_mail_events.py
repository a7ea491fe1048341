"""Mails that come back or are called spam: no more of them, whoever is told, and how it is mended."""

from dataclasses import replace

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.services import links, mail, mail_events
from chalicelib.services.accounts import addresses, devices, passwords
from tests.fakes.people import learner

PASSWORD = "river tall lamp 42"
IP = "203.0.113.7"


@pytest.fixture
def lena(deps):
    return learner(deps, password_hash=deps.passwords.hash(PASSWORD))


@pytest.fixture
def her(deps, lena):
    """Signed in."""
    device, _ = devices.admit(deps, lena, user_agent="Firefox", second_factor=False)
    deps.tables.commit([deps.devices.adding(device)])
    return Identity(lena.id, lena.roles, lena.auth_epoch, device.id, False)


def now_is(deps, lena):
    return deps.accounts.find(lena.id)


def outbox(deps, template):
    return [each for each in deps.tables.items.values() if each.get("template") == template]


def sent(deps, lena, template, to="", **facts):
    message = Outgoing(deps.new_id("out"), lena.id, to, template, deps.clock(), facts)
    deps.tables.commit([deps.outbox.adding(message)])
    return mail.send(deps, Errand("mail", lena.id, message.id, 0))


def token_in(deps, template):
    [item] = outbox(deps, template)
    message = deps.outbox.find(item["user_id"], item["id"])
    return links.link_for(deps, message).partition("#")[2]


@pytest.mark.parametrize("why", ["bounced", "complained"])
def test_no_more_mail_goes_there_and_the_app_says_so_once(deps, lena, why):
    assert mail_events.stop(deps, lena.id, "LENA@example.com", why) == "stopped"
    assert mail_events.stop(deps, lena.id, "lena@example.com", why) == "nothing"
    assert now_is(deps, lena).mail_stopped == why
    assert sent(deps, lena, "password_changed") == "not_wanted"
    assert deps.mail.sent == []
    [told] = outbox(deps, "mail_stopped")
    assert (told["mail"], told["push"]) == ("skipped", "waiting")


def test_the_address_stays_proven_for_it_is_still_nobody_elses(deps, lena):
    mail_events.stop(deps, lena.id, lena.email, "bounced")
    assert now_is(deps, lena).email_verified
    assert deps.accounts.owner_of("lena@example.com").mail_stopped == "bounced"


def test_what_is_heard_of_another_address_is_no_matter(deps, lena):
    assert mail_events.stop(deps, lena.id, "lena@old.example", "bounced") == "nothing"
    assert mail_events.stop(deps, "usr_none", lena.email, "bounced") == "nothing"
    assert now_is(deps, lena).mail_stopped is None


def test_a_mail_to_another_address_of_theirs_still_goes_out(deps, lena):
    mail_events.stop(deps, lena.id, lena.email, "bounced")
    assert sent(deps, lena, "email_changed", to="lena@new.example", new_email="lena@newer.example") == "sent"


def test_opening_a_link_that_was_asked_for_shows_that_mail_arrives_again(deps, lena, her):
    mail_events.stop(deps, lena.id, lena.email, "complained")
    addresses.resend(deps, lena.id, ip=IP)
    addresses.verify(deps, token=token_in(deps, "verify_email"), ip=IP)
    assert now_is(deps, lena).mail_stopped is None
    assert sent(deps, lena, "password_changed") == "sent"


def test_the_link_itself_is_sent_although_mail_is_stopped(deps, lena):
    mail_events.stop(deps, lena.id, lena.email, "bounced")
    addresses.resend(deps, lena.id, ip=IP)
    [item] = outbox(deps, "verify_email")
    assert mail.send(deps, Errand("mail", lena.id, item["id"], 0)) == "sent"


def test_a_new_password_by_mail_mends_it_too(deps, lena):
    mail_events.stop(deps, lena.id, lena.email, "bounced")
    passwords.ask_reset(deps, email=lena.email, ip=IP)
    passwords.reset(deps, token=token_in(deps, "reset_password"), password="quiet copper lantern 42", ip=IP)
    assert now_is(deps, lena).mail_stopped is None


def test_an_address_that_bounces_need_not_confirm_that_another_takes_its_place(deps, lena, her):
    mail_events.stop(deps, lena.id, lena.email, "bounced")
    addresses.ask_change(deps, her, email="lena@new.example", password=PASSWORD, ip=IP)
    assert outbox(deps, "confirm_old_email") == []
    token = token_in(deps, "confirm_new_email")
    assert addresses.confirm_change(deps, token=token, caller=her, ip=IP) == "changed"
    changed = now_is(deps, lena)
    assert (changed.email, changed.mail_stopped) == ("lena@new.example", None)


def test_one_that_only_complained_has_to(deps, lena, her):
    mail_events.stop(deps, lena.id, lena.email, "complained")
    addresses.ask_change(deps, her, email="lena@new.example", password=PASSWORD, ip=IP)
    assert len(outbox(deps, "confirm_old_email")) == 1


def test_a_mistyped_address_is_just_replaced(deps):
    typo = learner(deps, "Typo", email_verified=False)
    mail_events.stop(deps, typo.id, typo.email, "bounced")
    assert replace(now_is(deps, typo)).replacing_email("t@example.com").mail_stopped is None
