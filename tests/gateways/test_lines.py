"""Lines that are kept open, and given up after a pause."""

import pytest

from chalicelib.gateways.aws import Aws
from chalicelib.gateways.lines import IDLE_S, Lines
from chalicelib.gateways.sockets import Sockets


class Pool:
    """Keeps what was done with it."""

    def __init__(self):
        self.done = []

    def clear(self):
        self.done.append("clear")

    def request(self, method, url, **sent):
        self.done.append(method)


@pytest.mark.parametrize(
    ("pause", "done"),
    [
        (IDLE_S, ["GET", "GET"]),
        (IDLE_S + 1, ["GET", "clear", "GET"]),
        (-1, ["GET", "clear", "GET"]),  # the clock was set: nobody knows how long it was
    ],
)
def test_lines_are_opened_anew_after_a_pause_in_which_the_other_end_may_have_hung_up(pause, done):
    pool, now = Pool(), iter([0, 1, 1 + pause])
    lines = Lines(pool, lambda: next(now))
    for _ in range(2):
        lines.request("GET", "/")
    assert pool.done == done


def test_dynamodb_and_the_sockets_are_asked_over_such_lines():
    for asked in (Aws("ap-south-1", None), Sockets("http://sockets", "ap-south-1")):
        assert isinstance(asked._send.__self__, Lines)
