"""Moving what a queue gave up on back into it: one message at a time, deleted only once it is in the queue again."""

import os
from typing import Any

from chalicelib.config import Config

GIVEN_UP = {
    "settlement": "stuck-settlements",
    "payouts": "stuck-payouts",
    "mail": "unsent-mail",
    "push": "unsent-pushes",
}


def redrive(config: Config, queue: str, sqs: Any = None) -> int:
    """How many were moved; one that is delivered twice on the way is harmless, as every errand is."""
    sqs, moved = sqs or _client(config), 0
    into = {
        "settlement": config.settlement_queue_url,
        "payouts": config.payout_queue_url,
        "mail": config.mail_queue_url,
        "push": config.push_queue_url,
    }
    out_of = sqs.get_queue_url(QueueName=f"peerlearn-{config.stage}-{GIVEN_UP[queue]}")["QueueUrl"]
    while messages := sqs.receive_message(QueueUrl=out_of, MaxNumberOfMessages=10).get("Messages", []):
        for each in messages:
            sqs.send_message(QueueUrl=into[queue], MessageBody=each["Body"])
            sqs.delete_message(QueueUrl=out_of, ReceiptHandle=each["ReceiptHandle"])
            moved += 1
    return moved


def _client(config: Config) -> Any:
    import boto3

    return boto3.client("sqs", region_name=config.region, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))
