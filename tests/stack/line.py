"""A page's socket on the running stack, without a page."""

import json
import time
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import connect

from tests.client import Client


class Line:
    """One open socket; `until` waits for news of a kind and passes over the rest."""

    def __init__(self, opening: connect):
        self._open = ExitStack()
        self._socket = self._open.enter_context(opening)

    def send(self, message: dict[str, Any] | str) -> None:
        """One frame; a string goes as it is."""
        self._socket.send(message if isinstance(message, str) else json.dumps(message))

    def until(self, kind: str, patience: float = 20, **data: Any) -> dict[str, Any]:
        """The next message of this type, with these data."""
        give_up = time.monotonic() + patience
        while True:
            heard: dict[str, Any] = json.loads(self._socket.recv(timeout=give_up - time.monotonic()))
            if heard["type"] == kind and data.items() <= heard.get("data", {}).items():
                return heard

    def hear(self, patience: float = 20) -> dict[str, Any]:
        """The next message, whatever it is."""
        heard: dict[str, Any] = json.loads(self._socket.recv(timeout=patience))
        return heard

    def ask(self, message: dict[str, Any] | str, kind: str) -> dict[str, Any]:
        """Send, and wait for the answer."""
        self.send(message)
        return self.until(kind)

    def close(self) -> None:
        """Go away."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, place: TracebackType | None) -> None:
        self.close()


def dial(browser: Client, ticket: str | None = None, origin: str | None = None) -> Line:
    """Open a socket as the browser's pages do, with a fresh ticket unless one is given."""
    shown = browser.post("/realtime/ticket").data["ticket"] if ticket is None else ticket
    address = f"{browser.origin.replace('http', 'ws')}/ws?ticket={shown}"
    return Line(connect(address, origin=origin or browser.origin, open_timeout=30, max_size=2**20))  # type: ignore[arg-type]


def greeted(browser: Client) -> Line:
    """An open socket that has been welcomed."""
    line = dial(browser)
    line.ask({"type": "hello"}, "welcome")
    return line
