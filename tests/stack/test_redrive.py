"""What a queue gave up on is sent again by a command, and then seen to as if nothing had been."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.identity import Identity
from tests.fakes.paid_mentors import PASSWORD, registered

GIVEN_UP = "peerlearn-{}-stuck-settlements"


@pytest.fixture
def overdue(real, new_mentor):
    """A mentor whose weekly turn was missed: nothing but time and errands ever has it seen to."""
    made = new_mentor(password_hash=real.passwords.hash(PASSWORD)).account
    who = Identity(made.id, made.roles, made.auth_epoch, "dev_test", second_factor=False)
    long_ago = datetime.now(UTC) - timedelta(days=8)
    registered(replace(real, clock=lambda: long_ago), who)
    return made.id


def redriven(stack, queue):
    """What the command says."""
    command = [sys.executable, "-m", "infra.money", "redrive", queue]
    environment = {**os.environ, **stack.environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def waiting(sqs, url):
    """How many messages a queue has, hidden ones too."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(count) for count in held.values())


def test_a_settlement_that_was_given_up_is_seen_to(stack, real, overdue):
    sqs = stack.client("sqs")
    given_up = sqs.get_queue_url(QueueName=GIVEN_UP.format(real.config.stage))["QueueUrl"]
    sqs.send_message(QueueUrl=given_up, MessageBody=json.dumps({"kind": "payee", "id": overdue}))
    assert redriven(stack, "settlement") == "1 messages are in the queue again.\n"
    assert waiting(sqs, given_up) == 0
    give_up = time.monotonic() + 30
    while real.payees.get(overdue).due_at < datetime.now(UTC):
        assert time.monotonic() < give_up, "nobody saw to it"
        time.sleep(0.2)


def test_where_nothing_was_given_up_nothing_is_moved(stack):
    assert redriven(stack, "payouts") == "0 messages are in the queue again.\n"
