"""AWS's JSON services: asked and signed as its own SDK does, and what is made of the answers."""

import itertools
from types import SimpleNamespace

import msgspec
import pytest
import urllib3

from chalicelib.domain.errors import Unavailable
from chalicelib.gateways import aws, secrets, signing
from chalicelib.gateways.aws import Aws
from chalicelib.stores import table
from chalicelib.stores.connection import Connection, Refused
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Key, Put
from tests.fakes.world import SECRETS

REGION = "ap-south-1"
NAMES = {"core": "core", "ledger": "ledger", "live": "live"}
KEY = Key("core", "a", "b")
CANCELLED = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"


class Line:
    """Answers the same to everything, and keeps what was sent."""

    def __init__(self, status=200, data=b"{}"):
        self.sent, self._answer = [], SimpleNamespace(status=status, data=data)

    def __call__(self, method, url, **request):
        self.sent.append((method, url, request))
        return self._answer


@pytest.mark.parametrize("endpoint", [None, "http://127.0.0.1:4566"])
@pytest.mark.parametrize(("service", "target"), [("dynamodb", "DynamoDB_20120810.GetItem"), ("secretsmanager", "x.Y")])
@pytest.mark.parametrize("token", ["", "a-session-token"])
def test_a_request_is_signed_as_the_sdk_signs_it(own, as_the_sdk_asks, endpoint, service, target, token):
    own(token)
    line = Line(data=b'{"Item":{"name":{"S":"\xe0\xa4\x86\xe0\xa4\xb6\xe0\xa4\xbe"}}}')
    answer = Aws(REGION, endpoint, line).ask(service, target, {"TableName": "core", "Key": {"pk": {"S": "नमस्ते"}}})
    assert answer == (200, {"Item": {"name": {"S": "आशा"}}})
    [(method, url, request)] = line.sent
    assert url == f"{endpoint or f'https://{service}.{REGION}.amazonaws.com'}/"
    headers = request["headers"]
    assert headers["X-Amz-Target"] == target
    assert headers["Authorization"] == as_the_sdk_asks(method, url, request["body"], headers, service)


def test_what_cannot_be_reached_is_a_lost_connection(own):
    own()

    def dead(*_, **__):
        raise urllib3.exceptions.ReadTimeoutError(None, "/", "late")

    with pytest.raises(ConnectionError):
        Aws(REGION, None, dead).ask("dynamodb", "x", {})


def test_nothing_is_sent_twice():
    assert aws._pool().connection_pool_kw["retries"].total is False


@pytest.mark.parametrize("data", [b"", b"<html>", b"[]", b"\xff"])
def test_what_is_no_json_is_nothing(own, data):
    own()
    assert Aws(REGION, None, Line(503, data)).ask("dynamodb", "x", {}) == (503, {})


@pytest.mark.parametrize(
    ("status", "answer", "code", "reasons"),
    [
        (400, {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}, "Conditional", ()),
        (400, {"__type": "ThrottlingException"}, "Throttling", ()),
        (500, {}, "InternalServerError", ()),
        (503, {"__type": "x#ServiceUnavailable"}, "InternalServerError", ()),
        (403, {}, "status 403", ()),
        (
            400,
            {"__type": CANCELLED, "CancellationReasons": [{"Code": "None"}, {"Code": "ConditionalCheckFailed"}]},
            "TransactionCanceledException",
            (None, "ConditionalCheckFailed"),
        ),
    ],
)
def test_why_dynamodb_refuses(status, answer, code, reasons):
    with pytest.raises(Refused) as refusal:
        Connection(lambda operation, request: (status, answer)).dispatch("PutItem", {})
    assert refusal.value.code.startswith(code)
    assert refusal.value.reasons == reasons


@pytest.mark.parametrize("fault", [(500, {}), (400, {"__type": "ThrottlingException"}), ConnectionError()])
def test_a_passing_fault_of_the_secrets_is_waited_out(fault):
    answers, pauses = iter([fault, fault, (200, {"SecretString": msgspec.json.encode(SECRETS).decode()})]), []

    def ask(*_):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert secrets.read(ask, "peerlearn", pauses.append) == SECRETS
    assert len(pauses) == 3
    answers = iter([fault] * 3)
    with pytest.raises(RuntimeError):
        secrets.read(ask, "peerlearn", pauses.append)


def test_secrets_that_cannot_be_read_are_an_error_that_names_no_secret():
    with pytest.raises(RuntimeError, match="ResourceNotFound"):
        secrets.read(lambda *_: (400, {"__type": "ResourceNotFoundException", "Message": "s3cret"}), "peerlearn")


def test_on_a_desk_the_sdk_finds_the_credentials(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    held = tmp_path / "credentials"
    held.write_text("[default]\naws_access_key_id = AKIDESK\naws_secret_access_key = desk\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(held))
    signing.own_credentials.cache_clear()
    assert signing.own_credentials() == ("AKIDESK", "desk", None)
    signing.own_credentials.cache_clear()


CANCELLED_BY_ANOTHER = Refused("TransactionCanceledException", (None, "TransactionConflict"))


@pytest.mark.parametrize("fault", [Refused("ThrottlingException"), CANCELLED_BY_ANOTHER, ConnectionError()])
def test_a_passing_fault_is_waited_out_and_at_last_said_in_words(fault):
    asked, faults, pauses = [], iter([fault] * 4), []

    def ask(operation, request):
        asked.append(request)
        for each in faults:
            raise each
        return 200, {}

    tables = Tables(Connection(ask), NAMES, pauses.append)
    assert tables.read(KEY) is None
    assert len(asked) == 5 and len(pauses) == 4
    faults = iter([fault] * 9)
    with pytest.raises(Unavailable):
        tables.read(KEY)


def test_a_transaction_that_is_sent_again_is_the_same_one():
    tokens, faults = [], iter([ConnectionError()])

    def ask(operation, request):
        tokens.append(request["ClientRequestToken"])
        for each in faults:
            raise each
        return 200, {}

    Tables(Connection(ask), NAMES, lambda _: None).commit([Put(key=KEY, item={})])
    assert len(tokens) == 2 and len(set(tokens)) == 1


def test_dead_lines_are_not_waited_for_until_the_function_is_ended(monkeypatch):
    asked, times = [], itertools.count(step=4)
    monkeypatch.setattr(table.time, "monotonic", lambda: next(times))

    def dead(operation, request):
        asked.append(operation)
        raise ConnectionError

    with pytest.raises(Unavailable):
        Tables(Connection(dead), NAMES, lambda _: None).read(KEY)
    assert len(asked) == 2, "four seconds each"
