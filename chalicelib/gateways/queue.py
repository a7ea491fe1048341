"""Queues of errands: what is to be seen to by a function of its own."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

Errand = TypeVar("Errand")


class Queue(Generic[Errand]):
    """`client` makes the SQS client when it is first needed."""

    def __init__(self, client: Callable[[], Any], url: str):
        self._client, self._url = client, url

    def put(self, errands: Sequence[Errand]) -> None:
        """One request each: there is seldom more than one. What is not taken is still due, for the sweep."""
        for errand in errands:
            self._client().send_message(QueueUrl=self._url, MessageBody=msgspec.json.encode(errand).decode())
