"""The links in mails that switch their kind off: of one kind, undone by the same link, obeyed by the next mail."""

import pytest

from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.domain.preferences import Wish
from chalicelib.services import mail, unsubscribing
from chalicelib.services.notifications import wishes
from tests.fakes.people import learner


@pytest.fixture
def lena(deps):
    return learner(deps)


@pytest.fixture
def written(deps, lena):
    """A mail to Lena, sent if it is wanted: what became of it, and its facts."""

    def write(template, **facts):
        message = Outgoing(deps.new_id("out"), lena.id, "", template, deps.clock(), facts)
        deps.tables.commit([deps.outbox.adding(message)])
        return mail.send(deps, Errand("mail", lena.id, message.id, 0))

    return write


SAID = {"title": "Decorators", "other": "Meera", "session_id": "ses_1", "booking_id": "bkg_1", "percent": "50"}


def token_of(deps, group, lena):
    return deps.unsubscribe_tokens.token(lena.id, group)


def test_the_link_in_a_mail_switches_off_its_kind_and_no_other(deps, lena, written):
    words = {"paise": "5000", **SAID}
    assert written("refund_done", **words) == "sent"
    [(_, _, letter)] = deps.mail.sent
    token = letter.text.partition("/unsubscribe#")[2].split()[0]
    assert unsubscribing.choose(deps, token, "off").mail == "off"
    assert written("refund_done", **words) == "not_wanted"
    assert written("request_declined", reason="", **SAID, request_id="req_1") == "sent"
    assert unsubscribing.choose(deps, token, "on").mail == "on"
    assert written("refund_done", **words) == "sent"


def test_looking_changes_nothing(deps, lena):
    token = token_of(deps, "requests", lena)
    assert unsubscribing.look(deps, token) == unsubscribing.Mails(("requests",), "on", ("on", "daily", "off"))
    assert wishes.shown(deps, lena.id)[0].wishes == {}


def test_what_was_chosen_for_other_kinds_and_for_pushes_stays(deps, lena):
    chosen = {"requests": Wish("daily", "off"), "money": Wish("off", "on")}
    wishes.keep(deps, lena.id, chosen, None, version=0)
    unsubscribing.choose(deps, token_of(deps, "requests", lena), "off")
    assert wishes.shown(deps, lena.id)[0].wishes == chosen | {"requests": Wish("off", "off")}


def test_the_daily_mails_link_ends_all_that_is_in_it_and_undoing_brings_back_no_more(deps, lena):
    wishes.keep(
        deps, lena.id, {"requests": Wish("daily"), "reviews": Wish("daily"), "messages": Wish("off")}, None, version=0
    )
    token = token_of(deps, "digest", lena)
    stopped = unsubscribing.choose(deps, token, "off")
    assert set(stopped.groups) == {"requests", "reviews"}
    held = wishes.shown(deps, lena.id)[0]
    assert {held.wish(group).mail for group in ("requests", "reviews", "messages")} == {"off"}
    unsubscribing.choose(deps, token, "daily", stopped.groups)
    held = wishes.shown(deps, lena.id)[0]
    assert [held.wish(group).mail for group in ("requests", "reviews", "messages")] == ["daily", "daily", "off"]


def test_what_is_changed_on_the_page_at_that_moment_stays(deps, lena, monkeypatch):
    read, late = deps.preferences.with_account, [Wish("off", "off")]

    def overtaken(user_id):
        found = read(user_id)
        if late:
            wishes.keep(deps, lena.id, {"money": late.pop()}, None, version=0)
        return found

    monkeypatch.setattr(deps.preferences, "with_account", overtaken)
    unsubscribing.choose(deps, token_of(deps, "requests", lena), "off")
    kept = wishes.shown(deps, lena.id)[0]
    assert (kept.wish("money"), kept.wish("requests").mail) == (Wish("off", "off"), "off")


def test_mail_about_security_has_no_such_link_and_a_made_up_one_is_refused(deps, lena, written):
    assert written("password_changed") == "sent"
    assert "/unsubscribe" not in deps.mail.sent[0][2].text
    with pytest.raises(Invalid):
        unsubscribing.choose(deps, token_of(deps, "account", lena), "off")


def test_money_cannot_wait_a_day(deps, lena):
    with pytest.raises(Invalid):
        unsubscribing.choose(deps, token_of(deps, "money", lena), "daily")


@pytest.mark.parametrize("token", ["", "x", "usr_1-money-0123456789abcdefghijkl"])
def test_other_links_lead_nowhere(deps, lena, token):
    with pytest.raises(NotFound):
        unsubscribing.look(deps, token)


def test_a_link_of_somebody_who_is_no_more_leads_nowhere(deps, lena):
    token = token_of(deps, "money", lena)
    deps.tables.commit(deps.accounts.removing(deps.accounts.find(lena.id)))
    with pytest.raises(NotFound):
        unsubscribing.choose(deps, token, "off")
