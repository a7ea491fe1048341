"""What must follow a change, on the stack: mails by the stream, mails by the sweep, pictures by their upload."""

import io
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import urllib3
from PIL import Image

from chalicelib.domain.outgoing import Outgoing
from chalicelib.services import sessions
from chalicelib.stores.writes import Put
from tests.events import event


def eventually(look, patience=30):
    """What `look` gives, as soon as it gives something."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come to pass")


def test_a_booking_is_confirmed_by_mail_to_both(stack, new_mentor, new_learner, new_session):
    mentor, learner = new_mentor(), new_learner(zone="America/New_York")
    session_id = new_session(mentor, title="Quarters, halves & wholes")
    learner.browser.post(f"/sessions/{session_id}/bookings")
    his = stack.mail(learner.account.email)
    assert his["subject"] == "Booked: Quarters, halves & wholes"
    assert f"{stack.base_url}/bookings/bkg_" in his["text"]
    assert f"{stack.base_url}/room/{session_id}" in his["text"]
    assert "(America/New York)" in his["text"]
    assert "Quarters, halves &amp; wholes" in his["html"]
    hers = stack.mail(mentor.account.email)
    assert hers["subject"].startswith(learner.account.name)


def test_a_mail_that_the_stream_missed_is_sent_by_the_sweep(stack, real, new_learner):
    learner = new_learner()
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    message = Outgoing(real.new_id("out"), learner.account.id, "", "password_changed", long_ago, push="skipped")
    missed = real.outbox.adding(message)
    real.tables.commit([Put(key=missed.key, item=missed.item | {"kind": None})])
    real.tables.commit([Put(key=missed.key, item=missed.item)])  # it waited before: the stream passes it over
    sweep(stack)
    assert "password was changed" in stack.mail(learner.account.email)["subject"]
    eventually(lambda: real.outbox.find(message.user_id, message.id).mail == "sent")
    assert "g2sk" not in real.tables.read(missed.key)


def test_a_session_that_nobody_booked_expires_when_swept(stack, real, new_mentor):
    start = datetime(2026, 1, 5, 10, tzinfo=UTC)
    earlier = replace(real, clock=lambda: start - timedelta(hours=1))
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", start, 60)
    mentor = new_mentor().account
    session = sessions.publish(earlier, mentor_id=mentor.id, offer=offer, key="key-00000001")
    sweep(stack)
    eventually(lambda: real.sessions.get(session.id).status == "expired")
    assert real.calendars.claimed(mentor.id, start.date()) == {}


def sweep(stack):
    """One tick, now."""
    functions = stack.client("lambda")
    [name] = [
        f["FunctionName"] for f in functions.list_functions()["Functions"] if f["Handler"] == "functions.due.sweep"
    ]
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event("tick")).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()
    return json.loads(answer["Payload"].read())


def picture():
    out = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def upload(browser, content, kind="image/jpeg"):
    form = browser.post("/me/photo", {"content_type": kind, "size": len(content)})
    assert form.status == 200, form.text
    url = form.data["url"] if form.data["url"].startswith("http") else browser.origin + form.data["url"]
    fields = {**form.data["fields"], "file": ("photo", content, kind)}
    answer = urllib3.request("POST", url, fields=fields, headers={"Origin": browser.origin})
    assert answer.status in (200, 201, 204), answer.data


def test_a_photo_is_shown_once_it_is_made_anew(new_learner):
    browser = new_learner().browser
    upload(browser, picture())
    shown = eventually(lambda: browser.get("/me").data["photo_url"])
    for size in (256, 96):
        answer = urllib3.request("GET", browser.origin + shown.replace("-256", f"-{size}"))
        assert answer.status == 200 and answer.headers["content-type"] == "image/jpeg"
        assert "immutable" in answer.headers["cache-control"]
        assert Image.open(io.BytesIO(answer.data)).size == (size, size)


def test_what_is_no_photo_is_refused_in_words(new_learner):
    browser = new_learner().browser
    upload(browser, b"<script>alert(1)</script>")
    assert "not a JPEG" in eventually(lambda: browser.get("/me").data["photo_problem"])
    assert browser.get("/me").data["photo_url"] is None


@pytest.mark.parametrize("name", ["send_mail", "react"])
def test_events_that_make_no_sense_bring_nothing_down(stack, name):
    functions = stack.client("lambda")
    handler = {"send_mail": "functions.mail.send_mail", "react": "functions.reactions.react"}[name]
    [target] = [f["FunctionName"] for f in functions.list_functions()["Functions"] if f["Handler"] == handler]
    odd = {"Records": [{"messageId": "m", "receiptHandle": "r", "body": "?", "dynamodb": {}}]}
    answer = functions.invoke(FunctionName=target, Payload=json.dumps(odd).encode())
    assert json.loads(answer["Payload"].read()) == {"batchItemFailures": []}
