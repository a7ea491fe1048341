"""The stream's Lambda."""

from chalicelib.domain.outgoing import Errand
from functions.reactions import react
from tests.events import event

NOTHING_TO_RETRY = {"batchItemFailures": []}


def test_a_new_mail_goes_to_the_queue(deps):
    assert react(event("stream"), None) == NOTHING_TO_RETRY
    assert deps.queue.errands == [Errand("mail", "usr_l", "out_1", 0)]


def test_one_record_that_cannot_be_read_costs_no_other(deps):
    records = event("stream")["Records"]
    odd = [{"eventName": "INSERT", "dynamodb": {"NewImage": {"kind": {"S": "outgoing"}}, "SequenceNumber": "1"}}]
    odd += [{"eventName": "INSERT", "dynamodb": {"NewImage": {"kind": {"Q": "?"}}}}]
    assert react({"Records": [*odd, *records]}, None) == NOTHING_TO_RETRY
    assert deps.queue.errands == [Errand("mail", "usr_l", "out_1", 0)]


def test_a_queue_that_is_down_holds_up_no_record(deps):
    deps.queue.broken = True
    assert react(event("stream"), None) == NOTHING_TO_RETRY


def test_what_is_logged_names_nobody(deps, caplog):
    react(event("stream"), None)
    told = repr([vars(record) for record in caplog.records])
    assert "out_1" in told
    assert "Lena" not in told and "lena@" not in told
