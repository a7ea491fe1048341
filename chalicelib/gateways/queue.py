"""The mail queue: which message is to be sent, and which attempt at it this is."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from chalicelib.domain.outgoing import Errand

LARGEST_BATCH = 10


class Queue:
    """`client` makes the SQS client when it is first needed."""

    def __init__(self, client: Callable[[], Any], url: str):
        self._client, self._url = client, url

    def put(self, errands: Sequence[Errand]) -> None:
        """Ten a request; what is not taken is still due, and the sweep will put it again."""
        for start in range(0, len(errands), LARGEST_BATCH):
            entries = [
                {"Id": str(number), "MessageBody": msgspec.json.encode(errand).decode()}
                for number, errand in enumerate(errands[start : start + LARGEST_BATCH])
            ]
            self._client().send_message_batch(QueueUrl=self._url, Entries=entries)
