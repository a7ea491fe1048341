"""The Lambdas that events set off: mail, due work, uploads."""

import io
import json
from types import SimpleNamespace

from PIL import Image

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Outgoing
from functions.due import sweep
from functions.mail import send_mail
from functions.uploads import inspect
from tests.events import event
from tests.fakes.people import learner

ERRAND = {"channel": "mail", "user_id": "usr_l", "id": "out_1", "attempt": 0}


def waiting(deps):
    deps.tables.commit(
        [deps.outbox.adding(Outgoing("out_1", learner(deps, id="usr_l").id, "", "password_changed", deps.clock()))]
    )


def test_an_errand_sends_its_mail(deps):
    waiting(deps)
    assert send_mail(event("mail"), None) == {"batchItemFailures": []}
    assert [to for to, *_ in deps.mail.sent] == ["lena@example.com"]


def test_one_bad_errand_costs_no_other(deps):
    waiting(deps)
    batch = event("mail")
    bad = [batch["Records"][0] | {"messageId": "bad", "body": body} for body in ("", "{}", '{"id":1,"attempt":"x"}')]
    assert send_mail({"Records": [*bad, *batch["Records"]]}, None) == {"batchItemFailures": []}
    assert len(deps.mail.sent) == 1


def test_a_passing_fault_before_the_try_gives_only_that_errand_back(deps, monkeypatch):
    waiting(deps)
    find = deps.outbox.find

    def flaky(user_id, message_id):
        if message_id == "out_busy":
            raise Unavailable
        return find(user_id, message_id)

    monkeypatch.setattr(deps.outbox, "find", flaky)
    batch = event("mail")
    busy = batch["Records"][0] | {"messageId": "busy", "body": json.dumps(ERRAND | {"id": "out_busy"})}
    assert send_mail({"Records": [busy, *batch["Records"]]}, None) == {
        "batchItemFailures": [{"itemIdentifier": "busy"}]
    }
    assert len(deps.mail.sent) == 1


def test_a_mail_that_fails_is_left_to_the_sweep(deps):
    waiting(deps)
    deps.mail.broken = True
    assert send_mail(event("mail"), None) == {"batchItemFailures": []}
    assert deps.outbox.find("usr_l", "out_1").mail_attempts == 1


def test_a_parked_mail_is_told_to_whoever_watches_errors(deps, caplog, monkeypatch):
    waiting(deps)
    deps.mail.broken = True
    batch = event("mail")
    for attempt in range(MOST_ATTEMPTS):
        batch["Records"][0]["body"] = json.dumps(ERRAND | {"attempt": attempt})
        send_mail(batch, None)
    send_mail(batch, None)  # as it comes again when the last sender was cut off
    told = [(each.message, each.levelname, each.mail) for each in caplog.records if hasattr(each, "mail")]
    assert told == [("mail failed", "ERROR", "out_1")] * 7 + [
        ("mail parked", "ERROR", "out_1"),
        ("mail", "ERROR", "out_1"),
    ]
    assert deps.alarms.rung == [("parked", {"channel": "mail", "notification": "out_1"})] * 2


def test_a_tick_stops_in_time(deps, clock):
    waiting(deps)
    clock.now = clock.now.replace(minute=2)
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 9_000)
    assert sweep(event("tick"), context) == {"done": 0, "failed": 0}
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 55_000)
    assert sweep(event("tick"), context) == {"done": 1, "failed": 0}


def test_an_upload_is_inspected(deps):
    lena, out = learner(deps, id="usr_1"), io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(out, "PNG")
    deps.pictures.uploads["quarantine/photos/usr_1/upl_1"] = out.getvalue()
    inspect(event("upload"), None)
    assert deps.accounts.find(lena.id).photo_url.startswith("/media/photos/usr_1/upl_1-")
