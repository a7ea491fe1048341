"""The queues that errands wait in."""

import json

import pytest

from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.outgoing import Errand
from chalicelib.gateways.queue import Queue


class Sqs:
    """Takes what it is sent; the second message is refused once."""

    def __init__(self, refuses: int = 0) -> None:
        self.taken: list[tuple[str, dict[str, object]]] = []
        self.refuses = refuses

    def send_message(self, QueueUrl: str, MessageBody: str) -> None:  # noqa: N803 - botocore's own name
        if len(self.taken) == self.refuses - 1:
            raise ConnectionError
        self.taken.append((QueueUrl, json.loads(MessageBody)))


def test_each_errand_is_a_message_of_its_own_in_the_words_its_reader_knows():
    sqs = Sqs()
    Queue[MoneyErrand](lambda: sqs, "u/settlement").put([MoneyErrand("posting", "a"), MoneyErrand("payout", "b")])
    Queue[Errand](lambda: sqs, "u/mail").put([Errand("mail", "usr_1", "out_1", 2)])
    assert sqs.taken == [
        ("u/settlement", {"kind": "posting", "id": "a"}),
        ("u/settlement", {"kind": "payout", "id": "b"}),
        ("u/mail", {"channel": "mail", "user_id": "usr_1", "id": "out_1", "attempt": 2}),
    ]


def test_what_is_not_taken_is_heard_of_for_it_is_still_due():
    sqs = Sqs(refuses=2)
    with pytest.raises(ConnectionError):
        Queue[MoneyErrand](lambda: sqs, "u").put([MoneyErrand("posting", "a"), MoneyErrand("posting", "b")])
    assert len(sqs.taken) == 1


def test_nobody_asks_for_a_client_without_an_errand():
    Queue[MoneyErrand](lambda: pytest.fail("made"), "u").put([])
