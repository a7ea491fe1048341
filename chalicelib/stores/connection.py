"""DynamoDB's answers: what was asked for, or why not."""

from collections.abc import Callable
from typing import Any

Ask = Callable[[str, dict[str, Any]], tuple[int, dict[str, Any]]]


class Refused(Exception):
    """DynamoDB's own word for it; of a transaction, a reason for each write in order, None for those that are none."""

    def __init__(self, code: str, reasons: tuple[str | None, ...] = ()):
        super().__init__(code)
        self.code, self.reasons = code, reasons


class Connection:
    """`ask` sends an operation's request and gives the status and the answer, or raises ConnectionError."""

    def __init__(self, ask: Ask):
        self._ask = ask

    def dispatch(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """One request."""
        status, answer = self._ask(operation, request)
        if status < 300:
            return answer
        code = str(answer.get("__type", "")).rpartition("#")[2]
        reasons = [reason.get("Code") for reason in answer.get("CancellationReasons") or ()]
        shown = tuple(None if reason in (None, "None") else str(reason) for reason in reasons)
        raise Refused("InternalServerError" if status >= 500 else code or f"status {status}", shown)


def connected(ask: Callable[[str, str, dict[str, Any]], tuple[int, dict[str, Any]]]) -> Connection:
    """DynamoDB among the services that can be asked."""
    return Connection(lambda operation, request: ask("dynamodb", f"DynamoDB_20120810.{operation}", request))
