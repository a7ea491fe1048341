"""Mail and pushes on the stack: headers as they were sent, one press that is obeyed, bounces, and browsers alerted."""

import json
import time
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from chalicelib.domain.devices import Device
from chalicelib.domain.outgoing import Outgoing
from tests.stack.test_outgoing import eventually

FACTS = {"title": "Decorators", "other": "Meera", "session_id": "ses_1", "booking_id": "bkg_1", "paise": "5000"}


@pytest.fixture
def tell(real):
    """Something happens that a person is to be told of; its id."""

    def told(someone, template="refund_done", **facts):
        message = Outgoing(real.new_id("out"), someone.account.id, "", template, datetime.now(UTC), FACTS | facts)
        real.tables.commit([real.outbox.adding(message)])
        return message.id

    return told


@pytest.fixture
def state(real):
    """What became of it on one channel, once that is known."""

    def settled(someone, message_id, channel="mail"):
        def look():
            found = real.outbox.find(someone.account.id, message_id).state(channel)
            return found if found != "waiting" else None

        return eventually(look)

    return settled


def pressed(stack, mail):
    """What Gmail does when somebody presses its own button: no cookies, no header of ours, a form."""
    address = mail["headers"]["List-Unsubscribe"].strip("<>")
    assert mail["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return urllib3.request("POST", address, body=b"List-Unsubscribe=One-Click", headers=kind)


def test_one_press_in_a_mail_program_ends_its_kind(stack, new_learner, tell, state):
    lena = new_learner()
    assert state(lena, tell(lena)) == "sent"
    mail = stack.mail(lena.account.email, "Refunded")
    assert mail["headers"]["Auto-Submitted"] == "auto-generated"
    assert f"{stack.base_url}/unsubscribe#" in mail["text"] and f"{stack.base_url}/unsubscribe#" in mail["html"]
    answer = pressed(stack, mail)
    assert (answer.status, json.loads(answer.data)["mail"]) == (200, "off")
    assert state(lena, tell(lena)) == "skipped"
    assert state(lena, tell(lena, "request_declined", reason="", request_id="req_1")) == "sent"
    token = mail["text"].partition("/unsubscribe#")[2].split()[0]
    assert lena.browser.put(f"/unsubscribe/{token}", {"mail": "on"}).status == 200
    assert state(lena, tell(lena)) == "sent"


def test_an_invitation_has_the_same_headers_and_security_has_none(stack, new_learner, new_mentor, new_session, tell):
    lena, mentor = new_learner(), new_mentor()
    lena.browser.post(f"/sessions/{new_session(mentor)}/bookings")
    mail = stack.mail(lena.account.email, "Booked")
    assert mail["invitation"]
    assert mail["headers"]["List-Unsubscribe"].startswith(
        f"<{stack.base_url}/api/unsubscribe/{lena.account.id}-bookings-"
    )
    tell(lena, "password_changed")
    assert "List-Unsubscribe" not in stack.mail(lena.account.email, "password was changed")["headers"]


def said(stack, mail, what):
    """A developer presses what becomes of a captured mail."""
    asked = urllib.request.Request(f"{stack.base_url}/dev/mail/{mail['id']}/{what}", b"", method="POST")
    with urllib.request.urlopen(asked) as answer:
        return answer.read().decode().strip()


def test_an_address_that_sends_mail_back_gets_none_until_it_is_shown_to_work(stack, real, new_learner, tell, state):
    lena = new_learner()
    tell(lena)
    mail = stack.mail(lena.account.email, "Refunded")
    assert mail["tags"] == [{"Name": "user", "Value": lena.account.id}]
    assert said(stack, mail, "delay") == "nothing"
    assert [said(stack, mail, "bounce"), said(stack, mail, "bounce")] == ["stopped", "nothing"]
    me = lena.browser.get("/me").data
    assert (me["mail_stopped"], me["email_verified"]) == ("bounced", True)
    assert state(lena, tell(lena)) == "skipped"
    assert lena.browser.post("/email/verify/resend").status == 202
    token = stack.mail(lena.account.email, "confirm")["text"].partition("/verify#")[2].split()[0]
    assert lena.browser.post("/email/verify", {"token": token}).status == 200
    assert lena.browser.get("/me").data["mail_stopped"] is None
    assert state(lena, tell(lena)) == "sent"


class Phone:
    """A browser whose push service is the stack's own."""

    def __init__(self, stack, real, someone):
        key = someone.browser.get("/config").data["push_key"]
        now = datetime.now(UTC)
        device = Device("dev_test", someone.account.id, someone.account.auth_epoch, "-", now, now)
        real.tables.commit([real.devices.adding(device)])
        asked = json.dumps({"applicationServerKey": key}).encode()
        held = urllib3.request("POST", f"{stack.base_url}/dev/push", body=asked)
        self.subscription = json.loads(held.data)
        given = self.subscription | {"made_with": key}
        self.added = someone.browser.post("/me/push-subscriptions", given)
        assert self.added.status == 201, self.added.text

    def shown(self):
        """What came, as the browser reads it."""
        return json.loads(urllib3.request("GET", f"{self.subscription['endpoint']}.json").data)["items"]

    def answers(self, status):
        """What its service says from now on."""
        body = json.dumps({"answer": status}).encode()
        assert urllib3.request("PUT", self.subscription["endpoint"], body=body).status == 204


def test_a_push_reaches_the_browser_that_asked_for_it(stack, real, new_learner, tell, state):
    lena = new_learner()
    phone = Phone(stack, real, lena)
    at = (datetime.now(UTC) + timedelta(hours=4)).isoformat()
    message_id = tell(lena, "booking_confirmed_learner", starts_at=at, minutes="60")
    [came] = eventually(phone.shown)
    assert came["payload"]["id"] == message_id
    assert came["payload"]["title"] == "Booked: Decorators"
    assert came["payload"]["link"] == f"{stack.base_url}/bookings/bkg_1"
    assert (came["urgency"], came["topic"]) == ("high", message_id)
    assert 4 * 3600 - 120 < int(came["ttl"]) <= 4 * 3600
    assert came["claims"]["aud"] == stack.base_url
    assert state(lena, message_id, "push") == "sent"
    time.sleep(0.5)
    assert len(phone.shown()) == 1


def test_a_browser_that_is_gone_is_forgotten_and_one_that_is_down_is_tried_again(stack, real, new_learner, tell, state):
    lena = new_learner()
    phone = Phone(stack, real, lena)
    phone.answers(503)
    message_id = tell(lena)
    eventually(lambda: real.outbox.find(lena.account.id, message_id).push_attempts == 1)
    assert real.outbox.find(lena.account.id, message_id).push == "waiting"
    phone.answers(410)
    assert state(lena, tell(lena), "push") == "skipped"
    assert real.push_subscriptions.of(lena.account.id) == []


def test_nobody_is_made_to_post_into_the_network(stack, new_learner):
    lena, key = new_learner(), None
    key = lena.browser.get("/config").data["push_key"]
    keys = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
    for endpoint in (
        stack.emulator_url + "/",
        "http://169.254.169.254/latest/",
        f"https://{uuid.uuid4().hex}.example/",
    ):
        refused = lena.browser.post("/me/push-subscriptions", {"endpoint": endpoint, "keys": keys, "made_with": key})
        assert refused.status == 422 and "endpoint" in refused.data["error"]["fields"]
