"""Posts to sockets: asked as botocore's own client asks, signed by its signer, and what the answers mean."""

from types import SimpleNamespace

import botocore.session
import pytest
import urllib3
from botocore.awsrequest import AWSResponse

from chalicelib.gateways import sockets
from chalicelib.gateways.sockets import Sockets

ENDPOINT = "https://a1b2c3.execute-api.ap-south-1.amazonaws.com/api"


@pytest.fixture
def session(monkeypatch):
    """A botocore session with credentials, at a time that stands still."""
    made = botocore.session.Session()
    made.set_credentials("AKIDEXAMPLE", "secret", "token")
    return made


def theirs(session, endpoint):
    """The request of botocore's client."""
    client = session.create_client("apigatewaymanagementapi", "ap-south-1", endpoint_url=endpoint)
    caught = []

    def catch(request, **_):
        caught.append(request)
        return AWSResponse(request.url, 200, {}, SimpleNamespace(stream=lambda: iter([b""])))

    client.meta.events.register("before-send", catch)
    client.post_to_connection(ConnectionId="L0SM9cOFvHcCIhw=", Data=b'{"type":"pong"}')
    return caught[0]


@pytest.mark.parametrize("endpoint", [ENDPOINT, "http://127.0.0.1:4566/_aws/execute-api/a1b2c3/api"])
def test_it_asks_what_botocores_client_asks_and_signs_what_matters(session, endpoint):
    sent = []

    def send(method, url, **request):
        sent.append((method, url, request))
        return SimpleNamespace(status=200)

    reference = theirs(session, endpoint)
    assert Sockets(session, endpoint, "ap-south-1", send).post("L0SM9cOFvHcCIhw=", {"type": "pong"}) == "delivered"
    [(method, url, request)] = sent
    assert (method, url, request["body"]) == (reference.method, reference.url, reference.body)
    scheme, _, signed = request["headers"]["Authorization"].partition(" ")
    assert scheme == "AWS4-HMAC-SHA256"
    assert "/ap-south-1/execute-api/aws4_request" in signed
    assert "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token," in signed


@pytest.mark.parametrize(
    ("status", "delivery"), [(200, "delivered"), (410, "gone"), (403, "failed"), (429, "failed"), (500, "failed")]
)
def test_what_an_answer_means(session, status, delivery):
    posts = Sockets(session, ENDPOINT, "ap-south-1", lambda *a, **k: SimpleNamespace(status=status))
    assert posts.post("c=", {}) == delivery
    assert posts.close("c=") == delivery


def test_a_line_that_is_dead_is_a_post_that_failed(session):
    def dead(*_, **__):
        raise urllib3.exceptions.MaxRetryError(None, ENDPOINT, "refused")

    assert Sockets(session, ENDPOINT, "ap-south-1", dead).post("c=", {}) == "failed"


def test_a_message_that_may_have_arrived_is_not_sent_twice():
    retries = sockets._pool().connection_pool_kw["retries"]
    assert (retries.read, retries.connect, retries.redirect) == (0, 2, 0)
    assert retries.raise_on_status is False
