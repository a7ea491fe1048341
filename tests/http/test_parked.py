"""What could not be sent, before admins."""

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Outgoing
from chalicelib.services import mail
from functions.http import ACCESS_COOKIE
from tests.fakes.people import learner
from tests.fakes.times import errand


@pytest.fixture
def given_up(deps, clock):
    """A mail to Xu that nobody could take."""
    message = Outgoing("out_1", learner(deps, "Xu").id, "", "email_changed", clock(), push="skipped")
    deps.tables.commit([deps.outbox.adding(message)])
    deps.mail.broken = True
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(ConnectionError):
            mail.send(deps, errand(message, attempt))
    deps.mail.broken = False
    return message


@pytest.fixture
def ada(deps, new_browser):
    """An admin, signed in with both steps."""
    account = learner(deps, "Ada", roles=("learner", "admin"))
    identity = Identity(account.id, account.roles, account.auth_epoch, "dev_1", True)
    return new_browser(cookies={ACCESS_COOKIE: deps.tokens.access(identity)})


def test_is_listed_without_its_words_and_sent_again(deps, ada, given_up):
    [seen] = ada.get("/admin/parked").data["items"]
    assert seen == {
        "id": "out_1",
        "user_id": given_up.user_id,
        "person": seen["person"],
        "kind": "email_changed",
        "group": "account",
        "created_at": "2026-03-02T12:00:00Z",
        "mail": "parked",
        "mail_fault": "ConnectionError",
        "push": "skipped",
        "push_fault": "",
    }
    assert seen["person"]["name"] == "Xu"
    place = f"/admin/parked/{given_up.user_id}/out_1/resend"
    assert ada.post(place).status == 204
    assert ada.post(place).code == "not_parked"
    assert ada.post(f"/admin/parked/{given_up.user_id}/out_2/resend").code == "not_found"
    assert ada.get("/admin/parked").data == {"items": [], "next": None}
    assert mail.send(deps, errand(given_up)) == "sent"


def test_is_nobody_elses_business(lena, given_up):
    assert lena.get("/admin/parked").code == "not_allowed"
    assert lena.post(f"/admin/parked/{given_up.user_id}/out_1/resend").code == "not_allowed"
