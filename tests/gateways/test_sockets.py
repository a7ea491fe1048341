"""Posts to sockets: asked and signed as botocore's own client does, and what the answers mean."""

from types import SimpleNamespace

import pytest
import urllib3

from chalicelib.gateways import sockets
from chalicelib.gateways.sockets import Sockets

ENDPOINT = "https://a1b2c3.execute-api.ap-south-1.amazonaws.com/api"


@pytest.mark.parametrize("endpoint", [ENDPOINT, "http://127.0.0.1:4566/_aws/execute-api/a1b2c3/api"])
@pytest.mark.parametrize("token", ["", "a-session-token"])
def test_it_asks_and_signs_as_botocores_client_does(own, as_the_sdk_asks, endpoint, token):
    own(token)
    sent = []

    def send(method, url, **request):
        sent.append((method, url, request))
        return SimpleNamespace(status=200)

    posts = Sockets(endpoint, "ap-south-1", send)
    assert posts.post("L0SM9cOFvHcCIhw=", {"type": "pong"}) == "delivered"
    assert posts.close("L0SM9cOFvHcCIhw=") == "delivered"
    for method, url, request in sent:
        theirs = as_the_sdk_asks(method, url, request["body"], request["headers"], "execute-api")
        assert request["headers"]["Authorization"] == theirs
    assert [method for method, *_ in sent] == ["POST", "DELETE"]
    assert sent[0][1] == f"{endpoint}/@connections/L0SM9cOFvHcCIhw%3D"


@pytest.mark.parametrize(
    ("status", "delivery"), [(200, "delivered"), (410, "gone"), (403, "failed"), (429, "failed"), (500, "failed")]
)
def test_what_an_answer_means(own, status, delivery):
    own()
    posts = Sockets(ENDPOINT, "ap-south-1", lambda *a, **k: SimpleNamespace(status=status))
    assert posts.post("c=", {}) == delivery
    assert posts.close("c=") == delivery


def test_a_line_that_is_dead_is_a_post_that_failed(own):
    own()

    def dead(*_, **__):
        raise urllib3.exceptions.MaxRetryError(None, ENDPOINT, "refused")

    assert Sockets(ENDPOINT, "ap-south-1", dead).post("c=", {}) == "failed"


def test_a_message_that_may_have_arrived_is_not_sent_twice():
    retries = sockets._pool().connection_pool_kw["retries"]
    assert (retries.read, retries.connect, retries.redirect) == (0, 2, 0)
    assert retries.raise_on_status is False


def test_no_answer_makes_a_function_wait_for_longer_than_it_lives():
    retries = sockets._pool().connection_pool_kw["retries"]
    assert not retries.new().respect_retry_after_header
