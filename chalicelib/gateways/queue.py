"""The mail queue: which message is to be sent, and which attempt at it this is."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from chalicelib.domain.outgoing import Errand


class Queue:
    """`client` makes the SQS client when it is first needed."""

    def __init__(self, client: Callable[[], Any], url: str):
        self._client, self._url = client, url

    def put(self, errands: Sequence[Errand]) -> None:
        """One request each: there is seldom more than one. What is not taken is still due, for the sweep."""
        for errand in errands:
            self._client().send_message(QueueUrl=self._url, MessageBody=msgspec.json.encode(errand).decode())
